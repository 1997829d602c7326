import { z } from 'zod';
import { caseItemSchema, checklistItemSchema } from '../case.js';
import { domainNameSchema } from '../domain.js';
import { areaIdSchema, instantSchema, slugSchema, uuidSchema } from '../ids.js';
import { severitySchema } from '../severity.js';

/** Kinds of work and the branches they hang on. More than any city's list: GB/T 30428.2 has about two hundred. */
export const mostCatalogueEntries = 10_000;
export const mostCatalogueItems = 5000;

/**
 * `proposed`: waits for somebody else than who proposed it; `active`: new cases may be of it; `refused`: not admitted;
 * `retired`: no new cases, those that are open go on.
 */
export const catalogueStates = ['proposed', 'active', 'refused', 'retired'] as const;
export const catalogueStateSchema = z.enum(catalogueStates);
export type CatalogueState = z.infer<typeof catalogueStateSchema>;

/** A text without blanks around it: it must come back from a spreadsheet as it went in. */
const line = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .refine((text) => !text.includes('\0'), 'must not contain NUL');
const lines = z.object({ 'zh-CN': line, en: line });
const [check, text, number] = checklistItemSchema.options;
const checklistLineSchema = z.discriminatedUnion('kind', [
  check.extend({ title: lines }),
  text.extend({ title: lines }),
  number.extend({ title: lines, unit: z.string().trim().max(16) }),
]);

/** What a kind of work asks for, besides its code and title. */
export const askedSchema = caseItemSchema.omit({ category: true, title: true }).extend({
  instructions: lines,
  checklist: z.array(checklistLineSchema).max(50),
  /** Residents may report it, without an account. */
  residents: z.boolean().optional(),
});
export type Asked = z.infer<typeof askedSchema>;

/** Alarms of a domain for which it is the kind of work, where their rule names no other. */
export const servedAlarmsSchema = z.object({ domain: domainNameSchema, severities: z.array(severitySchema).min(1) });
export type ServedAlarms = z.infer<typeof servedAlarmsSchema>;

/** What people write of an entry. */
export const catalogueDraftSchema = z.object({
  /** Unique in the catalogue; of an item it is the `category` of its orders. Kept for ever. */
  code: slugSchema,
  /** The branch it hangs on; null: at the top. */
  parent: slugSchema.nullable(),
  /** Where it counts: there and below; null: everywhere. Kept for ever. */
  areaId: areaIdSchema.nullable(),
  title: lines,
  /** Null: a branch, which only holds others. */
  asked: askedSchema.nullable(),
  /** Only of an item that counts everywhere. */
  alarms: servedAlarmsSchema.nullable(),
});
export type CatalogueDraft = z.infer<typeof catalogueDraftSchema>;

const reason = z.string().trim().min(1).max(1000);
const proposalSchema = z.object({
  reason: z.string().nullable(),
  by: z.object({ id: uuidSchema, name: z.string() }).nullable(),
  at: instantSchema,
  /** Who admitted or refused it, and why; null: it waits. */
  decision: z.object({ by: z.string(), at: instantSchema, note: z.string().nullable() }).nullable(),
});

/** An entry as the tree shows it. */
export const catalogueEntrySchema = catalogueDraftSchema.omit({ asked: true }).extend({
  kind: z.enum(['branch', 'item']),
  state: catalogueStateSchema,
  version: z.number().int().positive(),
  severity: severitySchema.nullable(),
  /** `default`: as the program brings it; `changed`: a default that a person changed; `own`: made by people. */
  origin: z.enum(['default', 'changed', 'own']),
  /** The program brings another by now, and waits for a person to take it, because one changed this. */
  newerDefault: z.boolean(),
  proposal: proposalSchema.nullable(),
  /** What the asking person may do with it. */
  may: z.object({ change: z.boolean(), decide: z.boolean() }),
});
export type CatalogueEntry = z.infer<typeof catalogueEntrySchema>;

export const catalogueDetailSchema = catalogueEntrySchema.extend({
  asked: askedSchema.nullable(),
  /** Open orders of this kind of work, where the asking person may look. */
  openOrders: z.number().int(),
});
export type CatalogueDetail = z.infer<typeof catalogueDetailSchema>;

export const catalogueQuerySchema = z.object({
  /** In code or title, in either language; what holds a hit comes along. */
  q: z.string().trim().max(100).optional(),
  state: catalogueStateSchema.optional(),
  /** Only items that a new case in this area may be of, and what holds them: for the report form. */
  usableIn: areaIdSchema.optional(),
});
export type CatalogueQuery = z.infer<typeof catalogueQuerySchema>;

export const createEntrySchema = catalogueDraftSchema.extend({
  /** Why it is needed: read by who admits it. */
  reason: reason.optional(),
});
export type CreateEntry = z.infer<typeof createEntrySchema>;

/** The version that the person looked at: when another is in force by now, nothing is changed. */
const basedOn = z.number().int().positive();
export const updateEntrySchema = catalogueDraftSchema
  .omit({ code: true, areaId: true })
  .extend({ basedOn, reason: reason.optional() });
export type UpdateEntry = z.infer<typeof updateEntrySchema>;

/** All of them or none. A refusal says why. */
export const decideEntriesSchema = z.object({
  codes: z.array(slugSchema).min(1).max(mostCatalogueItems),
  admit: z.boolean(),
  note: reason.optional(),
});
export type DecideEntries = z.infer<typeof decideEntriesSchema>;

export const retireEntrySchema = z.object({ retired: z.boolean(), note: reason.optional() });
export type RetireEntry = z.infer<typeof retireEntrySchema>;
export const takeDefaultSchema = z.object({ basedOn });
export type TakeDefault = z.infer<typeof takeDefaultSchema>;

/** Alarms for which the catalogue has no kind of work: their orders ask for what the program brings. */
export const catalogueGapSchema = z.object({ domain: domainNameSchema, severity: severitySchema });
export type CatalogueGap = z.infer<typeof catalogueGapSchema>;

/** What may be wrong with an entry; the console translates each as `issue.<code>`. */
export const catalogueIssueCodes = [
  'unknown-parent',
  'parent-is-item',
  'parent-retired',
  'own-parent',
  'has-children',
  'planned',
  'branch-asks',
  'too-many-entries',
  'unknown-domain',
  'alarms-everywhere-only',
  'alarms-taken',
  'lives-need-staff',
  'lives-need-clock',
  'doubled-key',
  'empty-range',
  'unknown-skill',
  'unknown-team',
] as const;
export type CatalogueIssueCode = (typeof catalogueIssueCodes)[number];
