import { z } from 'zod';
import { areaIdSchema, deviceIdSchema, instantSchema, slugSchema, uuidSchema } from '../ids.js';
import { severitySchema } from '../severity.js';

/**
 * What would this rule have raised with from ≤ begin < to? The rule is one that is stored, or one as it is being written: then it is
 * checked like a rule that is to be stored, and compared with what the rule of the same id has raised.
 */
export const createBackTestSchema = z
  .object({
    ruleId: slugSchema.optional(),
    rule: z.record(z.string(), z.unknown()).optional(),
    from: instantSchema,
    to: instantSchema,
    /** Left out: every device of the rule's domain that the person sees. */
    areaId: areaIdSchema.optional(),
    deviceIds: z.array(deviceIdSchema).min(1).max(200).optional(),
  })
  .refine(({ ruleId, rule }) => (ruleId === undefined) !== (rule === undefined), {
    path: ['ruleId'],
    message: 'give either ruleId or rule',
  })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), { path: ['to'], message: 'must be after from' });
export type CreateBackTest = z.infer<typeof createBackTestSchema>;

export const backTestStates = ['waiting', 'running', 'done', 'failed'] as const;
/** Why a back-test ended without a result. */
export const backTestErrors = [
  'too-slow',
  'rule-throws',
  'store-unavailable',
  'rights-lost',
  'interrupted',
  'failed',
] as const;

/** From when to when a condition held; `end` null: it still held at the end of the range, or holds. */
const spanSchema = z.object({ begin: instantSchema, end: instantSchema.nullable() });

/** An alarm of the back-test, or of the stored ones, or both as one. */
export const backTestAlarmSchema = z.object({
  found: z.enum(['both', 'only-new', 'only-old']),
  deviceId: deviceIdSchema,
  subject: z.string(),
  severity: severitySchema,
  /** What would have been raised, unless found is `only-old`. */
  would: spanSchema.nullable(),
  /** What was raised, unless found is `only-new`. */
  was: spanSchema.nullable(),
  cause: z.record(z.string(), z.unknown()),
});
export type BackTestAlarm = z.infer<typeof backTestAlarmSchema>;

const countsSchema = z.object({
  would: z.number().int(),
  was: z.number().int(),
});

export const backTestResultSchema = z.object({
  /** Readings before it are deleted: what is said holds from here on. Not after `from`: all of it is covered. */
  coveredFrom: instantSchema,
  readings: z.number().int(),
  events: z.number().int(),
  devices: z.number().int(),
  /** How often the rule threw. */
  ruleErrors: z.number().int(),
  totals: countsSchema.extend({
    /** Of those that would have been raised: at least one that was raised overlaps it on that device. */
    both: z.number().int(),
    onlyNew: z.number().int(),
    onlyOld: z.number().int(),
    /** Minutes for which alarms stood within the range, added up over alarms. */
    wouldMinutes: z.number(),
    wasMinutes: z.number(),
  }),
  /** Days of the site's time zone on which something is to be told. */
  days: z.array(
    countsSchema.extend({
      day: z.iso.date(),
      wouldMinutes: z.number(),
      wasMinutes: z.number(),
      /** Alarms that begin in the busiest 10 minutes of the day (ISA-18.2 counts an operator's load by them). */
      wouldIn10Minutes: z.number().int(),
      wasIn10Minutes: z.number().int(),
    }),
  ),
  /** Those with most alarms, and how many more there are. */
  byDevice: z.array(countsSchema.extend({ deviceId: deviceIdSchema })),
  moreDevices: z.number().int(),
  /** By begin, the differences before the rest, and how many more there are. */
  alarms: z.array(backTestAlarmSchema),
  moreAlarms: z.number().int(),
  /** More had been raised than are compared: what was raised later is not counted. */
  wasCut: z.boolean(),
});
export type BackTestResult = z.infer<typeof backTestResultSchema>;

export const backTestSchema = z.object({
  id: uuidSchema,
  state: z.enum(backTestStates),
  /** 0 to 1, by time: how far in the range it has come. */
  progress: z.number().min(0).max(1),
  readings: z.number().int(),
  error: z.enum(backTestErrors).nullable(),
  ruleId: slugSchema,
  /** The rule as it was run. */
  rule: z.record(z.string(), z.unknown()),
  /** As it is stored, not a change of it or a new one. */
  stored: z.boolean(),
  areaId: areaIdSchema.nullable(),
  devices: z.number().int(),
  from: instantSchema,
  to: instantSchema,
  createdAt: instantSchema,
  finishedAt: instantSchema.nullable(),
  /** Then it is removed. */
  expiresAt: instantSchema.nullable(),
  result: backTestResultSchema.nullable(),
});
export type BackTest = z.infer<typeof backTestSchema>;
