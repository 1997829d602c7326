import { z } from 'zod';
import { areaIdSchema, deviceIdSchema, instantSchema, slugSchema } from '../ids.js';
import { textSchema } from '../text.js';

/** One year with its leap day and the hours that clocks are moved. */
export const longestReportMs = 367 * 86_400_000;

/** How wide the pieces are in which times of response are shown. */
export const reportPieces = ['day', 'week', 'month'] as const;
export type ReportPiece = (typeof reportPieces)[number];

/** The tables of a report, each of which can be had as CSV. */
export const reportTables = ['alarm-hours', 'case-hours', 'kinds', 'rules', 'worst', 'responses'] as const;
export type ReportTable = (typeof reportTables)[number];

const question = {
  /** Alarms that began and cases that were registered with from ≤ time < to. */
  from: instantSchema,
  to: instantSchema,
  /** In this area and all below it; what the asking person sees when left out. */
  areaId: areaIdSchema.optional(),
  every: z.enum(reportPieces).default('week'),
};
const isRange = ({ from, to }: { from: string; to: string }) => Date.parse(from) < Date.parse(to);
const isShort = ({ from, to }: { from: string; to: string }) => Date.parse(to) - Date.parse(from) <= longestReportMs;

export const reportQuerySchema = z
  .object(question)
  .refine(isRange, { path: ['to'], message: 'must be after `from`' })
  .refine(isShort, { path: ['to'], message: 'at most 367 days after `from`' });
export type ReportQuery = z.infer<typeof reportQuerySchema>;
export const reportCsvQuerySchema = z
  .object({ ...question, table: z.enum(reportTables) })
  .refine(isRange, { path: ['to'], message: 'must be after `from`' })
  .refine(isShort, { path: ['to'], message: 'at most 367 days after `from`' });
export type ReportCsvQuery = z.infer<typeof reportCsvQuerySchema>;

export const responseMeasures = ['acknowledge', 'accept', 'arrive', 'solve', 'answer'] as const;
export type ResponseMeasure = (typeof responseMeasures)[number];

/** Of an hour of the week on the site's clock; hours without any are left out. */
const hourCountSchema = z.object({
  /** ISO: 1 is Monday. */
  weekday: z.number().int().min(1).max(7),
  hour: z.number().int().min(0).max(23),
  count: z.number().int(),
});
export type HourCount = z.infer<typeof hourCountSchema>;

const judged = {
  alarms: z.number().int(),
  judgedTrue: z.number().int(),
  judgedFalse: z.number().int(),
  judgedTest: z.number().int(),
  /** Right ÷ (right + wrong); `null`: nobody judged one. */
  precision: z.number().nullable(),
};
const kindQualitySchema = z.object({ domain: z.string(), ...judged });
const ruleQualitySchema = z.object({ ruleId: slugSchema, title: textSchema, domain: z.string(), ...judged });
const worstSchema = z.object({
  ruleId: slugSchema,
  title: textSchema,
  deviceId: deviceIdSchema,
  deviceName: z.string(),
  ...judged,
});
export type JudgedAlarms = Pick<z.infer<typeof kindQualitySchema>, 'alarms' | 'judgedTrue' | 'judgedFalse'> & {
  judgedTest: number;
  precision: number | null;
};

/** Nearest ranks, in seconds; `null`: nothing was measured. */
const spanSchema = z.object({
  count: z.number().int(),
  median: z.number().nullable(),
  p90: z.number().nullable(),
});
const responseSchema = z.object({
  measure: z.enum(responseMeasures),
  total: spanSchema,
  /** In order; `day`: the first day of the piece on the site's clock. Pieces without any are left out. */
  pieces: z.array(spanSchema.extend({ day: z.iso.date() })),
});
export type ResponseTimes = z.infer<typeof responseSchema>;

export const reportDefinitionCodes = ['hours', 'quality', 'worst', ...responseMeasures] as const;
export const reportSchema = z.object({
  areaId: areaIdSchema,
  areaName: textSchema,
  from: instantSchema,
  to: instantSchema,
  every: z.enum(reportPieces),
  timeZone: z.string(),
  at: instantSchema,
  definitions: z.array(z.object({ code: z.enum(reportDefinitionCodes), title: textSchema, definition: textSchema })),
  alarmHours: z.array(hourCountSchema),
  caseHours: z.array(hourCountSchema),
  quality: z.object({
    total: z.object(judged),
    kinds: z.array(kindQualitySchema),
    /** Most alarms first. */
    rules: z.array(ruleQualitySchema),
    /** Rules that are not told, because there are too many. */
    left: z.number().int(),
    /** A rule on a device; most false alarms first, at most ten, and only what was judged false at least once. */
    worst: z.array(worstSchema),
  }),
  responses: z.array(responseSchema),
});
export type Report = z.infer<typeof reportSchema>;
