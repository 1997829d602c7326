import { z } from 'zod';
import { slugSchema, uuidSchema } from './ids.js';
import { severitySchema } from './severity.js';
import { textSchema } from './text.js';

/** Where a case comes from: an alarm, somebody of the staff who found it, a round whose item failed, a resident. */
export const caseSources = ['alarm', 'person', 'round', 'resident'] as const;
export const caseSourceSchema = z.enum(caseSources);
export type CaseSource = z.infer<typeof caseSourceSchema>;

/** `minutes` run day and night; `working-minutes` and `working-days` by the working calendar of the place. */
export const limitUnits = ['minutes', 'working-minutes', 'working-days'] as const;
export const stepLimitSchema = z.object({
  amount: z.number().int().min(1).max(100_000),
  unit: z.enum(limitUnits),
});
export type StepLimit = z.infer<typeof stepLimitSchema>;

/** Steps with a clock: until accepted, from there until reported, from there until verified and closed. */
export const clockedSteps = ['accept', 'handle', 'verify'] as const;
export const clockedStepSchema = z.enum(clockedSteps);
export type ClockedStep = z.infer<typeof clockedStepSchema>;

/** How long each step may take; `null`: as long as it takes. Somebody must always accept in time. */
export const caseLimitsSchema = z.object({
  accept: stepLimitSchema,
  handle: stepLimitSchema.nullable(),
  verify: stepLimitSchema.nullable(),
});
export type CaseLimits = z.infer<typeof caseLimitsSchema>;

/** One thing to look at, answered before the order is reported. `number` has its unit and what is in order. */
export const checklistItemSchema = z.discriminatedUnion('kind', [
  z.object({ key: slugSchema, kind: z.literal('check'), title: textSchema, required: z.boolean() }),
  z.object({ key: slugSchema, kind: z.literal('text'), title: textSchema, required: z.boolean() }),
  z.object({
    key: slugSchema,
    kind: z.literal('number'),
    title: textSchema,
    required: z.boolean(),
    unit: z.string().max(16),
    min: z.number().optional(),
    max: z.number().optional(),
  }),
]);
export type ChecklistItem = z.infer<typeof checklistItemSchema>;
export const checklistSchema = z.array(checklistItemSchema).max(50);

/** What a report must show: nothing, how it is now, or how it was and how it is now. */
export const proofs = ['none', 'photo', 'before-and-after'] as const;
export const proofSchema = z.enum(proofs);
export type Proof = z.infer<typeof proofSchema>;

/** Who may say that a case is solved: staff who did not handle it, or also the sensor that raised it. Never a sensor alone for life safety. */
export const verifiers = ['staff', 'sensor-or-staff'] as const;
export const verifierSchema = z.enum(verifiers);

/** What a kind of work asks for: an item of the catalogue, and what an order keeps of it from the moment it is registered. */
export const caseItemSchema = z.object({
  /** Kind of work; unique in the catalogue. Alarms of one building and category belong together. */
  category: slugSchema,
  title: textSchema,
  /** What to do on arrival. */
  instructions: textSchema,
  /** Of a case that nobody gave one: an alarm brings its own. */
  severity: severitySchema,
  limits: caseLimitsSchema,
  /** Skills that the work needs, all of them. */
  skills: z.array(slugSchema).max(10),
  /** Whose work it is, where it is not the officer of the duty grid. */
  teamId: uuidSchema.nullable(),
  checklist: checklistSchema,
  proof: proofSchema,
  verifier: verifierSchema,
});
export type CaseItem = z.infer<typeof caseItemSchema>;

/** 0–80 % of the limit, 80–100 %, over it; `none`: nothing runs (no limit, suspended, ended). */
export const lights = ['none', 'normal', 'warning', 'overdue'] as const;
export const lightSchema = z.enum(lights);
export type Light = z.infer<typeof lightSchema>;
