import { z } from 'zod';
import { checklistItemSchema, checklistSchema } from '../case.js';
import { areaIdSchema, deviceIdSchema, instantSchema, slugSchema, uuidSchema } from '../ids.js';
import { roundActionSchema, roundStateSchema } from '../round.js';
import { textSchema } from '../text.js';
import { pageQuerySchema, positionSchema } from './common.js';

/** Bounds of plans and rounds, for both sides of the wire. */
export const roundLimits = {
  perDay: 24,
  checkPoints: 50,
  items: 300,
  /** A round may be begun this long before its time. */
  earlyMinutes: 15,
  /** An answer given in time is taken until this long after the end. */
  lateHours: 72,
  /** An answer counts as given on the spot when its code was scanned by the same person this close to it. */
  scanMinutes: 30,
} as const;

/** What can be wrong with a plan; the console says for each what to do (`rounds.issue.<code>`). */
export const roundPlanIssues = [
  'recurrence-unreadable',
  'recurrence-no-zone',
  'recurrence-unknown-zone',
  'recurrence-unsupported',
  'recurrence-frequency',
  'recurrence-never',
  'recurrence-over',
  'recurrence-too-often',
  'check-point-repeated',
  'item-repeated',
  'item-range-empty',
  'nothing-required',
  'too-many-items',
  'unknown-area',
  'unknown-device',
  'unknown-category',
  'unknown-item',
  'unknown-person',
  'unknown-team',
] as const;
export type RoundPlanIssue = (typeof roundPlanIssues)[number];

/** Who does it: an officer on shift in the duty grid of the place, a team, or somebody by name. */
export const roundAssigneeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('grid') }),
  z.object({ kind: z.literal('team'), teamId: uuidSchema }),
  z.object({ kind: z.literal('person'), personId: uuidSchema }),
]);
export type RoundAssignee = z.infer<typeof roundAssigneeSchema>;

const checkPointFields = {
  /** Stays the same for as long as the place does: its code belongs to it. */
  key: slugSchema,
  name: textSchema,
  /** Where it is; left out: the area of the plan. */
  areaId: areaIdSchema.nullable(),
  placement: z.string().trim().max(200).nullable(),
  /** What is looked after there, for preventive work. */
  deviceId: deviceIdSchema.nullable(),
  position: positionSchema.nullable(),
  checklist: checklistSchema.min(1),
  /** Kind of work of the case that a failed item opens, by the item's key; others take the plan's. */
  categories: z.record(slugSchema, slugSchema),
};

export const checkPointInputSchema = z.object({
  ...checkPointFields,
  areaId: checkPointFields.areaId.default(null),
  placement: checkPointFields.placement.default(null),
  deviceId: checkPointFields.deviceId.default(null),
  position: checkPointFields.position.default(null),
  categories: checkPointFields.categories.default({}),
});
export type CheckPointInput = z.infer<typeof checkPointInputSchema>;

export const checkPointSchema = z.object({
  ...checkPointFields,
  id: uuidSchema,
  /** When its present code was made; null: it has none, and nobody can show that they were there. */
  codeMadeAt: instantSchema.nullable(),
});
export type CheckPoint = z.infer<typeof checkPointSchema>;

const planFields = {
  title: textSchema,
  areaId: areaIdSchema,
  /** RFC 5545 lines: `DTSTART;TZID=…`, `RRULE:…`, any number of `EXDATE`. */
  recurrence: z.string().trim().min(1).max(4000),
  /** How long after its start a round may be done. */
  windowMinutes: z.number().int().min(5).max(44_640),
  assignee: roundAssigneeSchema,
  /** Kind of work of the case that a failed item opens. */
  category: slugSchema,
};

export const writeRoundPlanSchema = z.object({
  ...planFields,
  enabled: z.boolean().default(true),
  checkPoints: z.array(checkPointInputSchema).min(1).max(roundLimits.checkPoints),
});
export type WriteRoundPlan = z.infer<typeof writeRoundPlanSchema>;

export const roundPlanSchema = z.object({
  ...planFields,
  id: uuidSchema,
  enabled: z.boolean(),
  areaName: textSchema,
  /** Name of the team or the person. */
  assigneeName: z.union([textSchema, z.string()]).nullable(),
  checkPoints: z.array(checkPointSchema),
  /** The next starts; empty: it is switched off or over. */
  next: z.array(instantSchema),
  /** Rounds of the last 30 days by how they ended. */
  lately: z.object({ done: z.number().int(), missed: z.number().int(), failedItems: z.number().int() }),
  updatedAt: instantSchema,
});
export type RoundPlan = z.infer<typeof roundPlanSchema>;

/** What a recurrence comes to, before it is saved. */
export const checkRecurrenceSchema = z.object({ recurrence: z.string().trim().min(1).max(4000) });
export type CheckRecurrence = z.infer<typeof checkRecurrenceSchema>;
export const recurrenceCheckSchema = z.object({
  issues: z.array(z.enum(roundPlanIssues)),
  next: z.array(instantSchema),
});
export type RecurrenceCheck = z.infer<typeof recurrenceCheckSchema>;

/** Codes are told once, when they are made: only their hash is kept. Those before are refused from then on. */
export const makeCodesSchema = z.object({ checkPointIds: z.array(uuidSchema).min(1).max(roundLimits.checkPoints) });
export type MakeCodes = z.infer<typeof makeCodesSchema>;
export const checkPointCodesSchema = z.object({
  items: z.array(
    z.object({ checkPointId: uuidSchema, name: textSchema, placement: z.string().nullable(), token: z.string() }),
  ),
});
export type CheckPointCodes = z.infer<typeof checkPointCodesSchema>;

export const roundSchema = z.object({
  id: uuidSchema,
  planId: uuidSchema,
  title: textSchema,
  areaId: areaIdSchema,
  areaName: textSchema,
  startsAt: instantSchema,
  dueAt: instantSchema,
  state: roundStateSchema,
  assigneeId: uuidSchema.nullable(),
  assigneeName: z.string().nullable(),
  startedAt: instantSchema.nullable(),
  endedAt: instantSchema.nullable(),
  endedByName: z.string().nullable(),
  progress: z.object({
    required: z.number().int(),
    /** Of the required ones. */
    answered: z.number().int(),
    failed: z.number().int(),
    skipped: z.number().int(),
    withoutScan: z.number().int(),
  }),
  /** What the asking person may do with it now. */
  allowedActions: z.array(z.enum(['answer', 'take', 'assign', 'cancel'])),
});
export type Round = z.infer<typeof roundSchema>;

export const roundAnswerViewSchema = z.object({
  value: z.union([z.boolean(), z.number(), z.string()]).nullable(),
  /** Why it was left out. */
  skipped: z.string().nullable(),
  failed: z.boolean(),
  note: z.string().nullable(),
  at: instantSchema,
  receivedAt: instantSchema,
  byName: z.string(),
  /** Whether the code of the place was scanned by the same person at that time. */
  scanned: z.boolean(),
});
export type RoundAnswerView = z.infer<typeof roundAnswerViewSchema>;

export const roundItemSchema = z.object({
  item: checklistItemSchema,
  answer: roundAnswerViewSchema.nullable(),
  /** The case that a failure of it opened. */
  workOrder: z.object({ id: uuidSchema, number: z.string() }).nullable(),
});
export type RoundItem = z.infer<typeof roundItemSchema>;

export const roundCheckPointSchema = checkPointSchema
  .omit({ checklist: true, categories: true, codeMadeAt: true })
  .extend({
    areaName: textSchema,
    deviceName: z.string().nullable(),
    /** Start of the hash of its code: a phone without a network recognises the code by it, and cannot make one. */
    codeMark: z.string().nullable(),
    scans: z.array(z.object({ at: instantSchema, byName: z.string() })),
    items: z.array(roundItemSchema),
  });
export type RoundCheckPoint = z.infer<typeof roundCheckPointSchema>;

export const roundDetailSchema = roundSchema.extend({
  checkPoints: z.array(roundCheckPointSchema),
  steps: z.array(
    z.object({
      action: roundActionSchema,
      at: instantSchema,
      byName: z.string().nullable(),
      toName: z.string().nullable(),
      note: z.string().nullable(),
    }),
  ),
});
export type RoundDetail = z.infer<typeof roundDetailSchema>;

export const roundQuerySchema = pageQuerySchema.extend({
  /** `open`: planned and started. */
  state: z.enum(['open', 'missed', 'ended', 'all']).default('open'),
  assignee: z.enum(['mine', 'anyone']).default('anyone'),
  planId: uuidSchema.optional(),
});
export type RoundQuery = z.infer<typeof roundQuerySchema>;

/** A month with the days around it that a calendar shows. */
export const longestCalendarMs = 45 * 86_400_000;

export const roundCalendarQuerySchema = z
  .object({
    /** Rounds that end after this moment and begin before the other. */
    from: instantSchema,
    to: instantSchema,
    areaId: areaIdSchema.optional(),
  })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), { path: ['to'], message: 'must be after `from`' })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= longestCalendarMs, {
    path: ['to'],
    message: 'at most 45 days after `from`',
  });
export type RoundCalendarQuery = z.infer<typeof roundCalendarQuerySchema>;

const calendarTime = {
  planId: uuidSchema,
  title: textSchema,
  areaId: areaIdSchema,
  areaName: textSchema,
  startsAt: instantSchema,
  dueAt: instantSchema,
};
/** Rounds that are there, and starts of plans further ahead than rounds are made. In order of their start. */
export const roundCalendarSchema = z.object({
  rounds: z.array(
    z.object({
      ...calendarTime,
      id: uuidSchema,
      state: roundStateSchema,
      assigneeId: uuidSchema.nullable(),
      assigneeName: z.string().nullable(),
    }),
  ),
  planned: z.array(z.object({ ...calendarTime, personId: uuidSchema.nullable() })),
  /** There are more than are told: ask for a smaller area or a shorter time. */
  isCut: z.boolean(),
});
export type RoundCalendar = z.infer<typeof roundCalendarSchema>;

const note = z.string().trim().max(500).optional();
export const roundAnswerSchema = z.union([
  z.strictObject({
    itemKey: slugSchema,
    value: z.union([z.boolean(), z.number(), z.string().trim().min(1).max(1000)]),
    /** Found wrong though nothing measures it; a number out of its range fails by itself. */
    failed: z.boolean().optional(),
    note,
  }),
  z.strictObject({ itemKey: slugSchema, skipped: z.string().trim().min(3).max(500) }),
]);
export type RoundAnswer = z.infer<typeof roundAnswerSchema>;

/** `requestId` makes a repeated request the same request; `at` is when it was done, by the phone's clock. */
export const answerRoundSchema = z.object({
  requestId: z.string().min(8).max(64),
  checkPointId: uuidSchema,
  at: instantSchema,
  answers: z.array(roundAnswerSchema).min(1).max(50),
});
export type AnswerRound = z.infer<typeof answerRoundSchema>;

export const scanCheckPointSchema = z.object({
  requestId: z.string().min(8).max(64),
  token: z.string().min(1).max(128),
  at: instantSchema,
});
export type ScanCheckPoint = z.infer<typeof scanCheckPointSchema>;
export const scanResultSchema = z.object({ roundId: uuidSchema, checkPointId: uuidSchema });
export type ScanResult = z.infer<typeof scanResultSchema>;

/** Left out: into the hands of whoever asks. */
export const assignRoundSchema = z.object({ personId: uuidSchema.optional() });
export type AssignRound = z.infer<typeof assignRoundSchema>;
export const cancelRoundSchema = z.object({ reason: z.string().trim().min(3).max(500) });
export type CancelRound = z.infer<typeof cancelRoundSchema>;
