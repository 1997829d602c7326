import { z } from 'zod';
import { areaIdSchema, instantSchema, slugSchema } from '../ids.js';
import { textSchema } from '../text.js';

/** What the cases of a period are put side by side by. */
export const evaluationGroupings = ['person', 'team', 'grid', 'community', 'category', 'month'] as const;
export type EvaluationGrouping = (typeof evaluationGroupings)[number];

/** One year with its leap day and the hours that clocks are moved. */
export const longestEvaluationMs = 367 * 86_400_000;

/** Below so many cases a figure says little: it is shown, and marked. */
export const smallNumber = 5;

/** A score of so much or more is satisfied. */
export const satisfiedScore = 4;

/** The platform registers and dispatches by itself; whether it did so at once is measured against this, in seconds. */
export const ownStepLimitSeconds = 300;

const isRange = (from: string | undefined, to: string | undefined) => !from || !to || Date.parse(from) < Date.parse(to);
const isShort = (from: string | undefined, to: string | undefined) =>
  !from || !to || Date.parse(to) - Date.parse(from) <= longestEvaluationMs;

export const evaluationQuerySchema = z
  .object({
    by: z.enum(evaluationGroupings),
    /** Cases that were registered with from ≤ registration < to. */
    from: instantSchema,
    to: instantSchema,
    /** A second period beside the first. */
    compareFrom: instantSchema.optional(),
    compareTo: instantSchema.optional(),
    /** In this area and all below it; what the asking person sees when left out. */
    areaId: areaIdSchema.optional(),
    category: slugSchema.optional(),
  })
  .refine(({ from, to }) => isRange(from, to), { path: ['to'], message: 'must be after `from`' })
  .refine(({ from, to }) => isShort(from, to), { path: ['to'], message: 'at most 367 days after `from`' })
  .refine(({ compareFrom, compareTo }) => (compareFrom === undefined) === (compareTo === undefined), {
    path: ['compareTo'],
    message: 'give both ends of the second period, or none',
  })
  .refine(({ compareFrom, compareTo }) => isRange(compareFrom, compareTo), {
    path: ['compareTo'],
    message: 'must be after `compareFrom`',
  })
  .refine(({ compareFrom, compareTo }) => isShort(compareFrom, compareTo), {
    path: ['compareTo'],
    message: 'at most 367 days after `compareFrom`',
  });
export type EvaluationQuery = z.infer<typeof evaluationQuerySchema>;

export const evaluationFigureCodes = [
  'count',
  'open',
  'overdue',
  'on-time-registration',
  'accurate-registration',
  'on-time-dispatch',
  'accurate-dispatch',
  'on-time-handling',
  'on-time-closing',
  'rework-rate',
  'response-rate',
  'solved-rate',
  'satisfied-rate',
  'score',
  'resident-ratings',
  'resident-score',
  'reopened-rate',
  'answer-median',
  'accept-median',
  'accept-p90',
  'handle-median',
  'handle-p90',
  'close-median',
  'close-p90',
  'sensor-verified',
  'returned',
  'escalated',
  'suspended',
] as const;
export const evaluationFigureCodeSchema = z.enum(evaluationFigureCodes);
export type EvaluationFigureCode = z.infer<typeof evaluationFigureCodeSchema>;

export const figureUnits = ['count', 'share', 'seconds', 'score'] as const;
/** What a number means, how it is made and where it comes from: shown beside it. */
export const evaluationDefinitionSchema = z.object({
  code: evaluationFigureCodeSchema,
  title: textSchema,
  definition: textSchema,
  formula: textSchema,
  unit: z.enum(figureUnits),
  /** Which way is good; `null`: neither. */
  better: z.enum(['higher', 'lower']).nullable(),
  /** Where the figure comes from. */
  source: z.string(),
});
export type EvaluationDefinition = z.infer<typeof evaluationDefinitionSchema>;

/** `value` null: there is nothing to compute it from, which is not zero. `of`: the denominator, or how many were measured. */
export const evaluationValueSchema = z.object({ value: z.number().nullable(), of: z.number().int() });
export type EvaluationValue = z.infer<typeof evaluationValueSchema>;
export const evaluationValuesSchema = z.record(evaluationFigureCodeSchema, evaluationValueSchema);
export type EvaluationValues = z.infer<typeof evaluationValuesSchema>;

export const evaluationRowSchema = z.object({
  /** Id of the person, team, grid or community, category, or month (`2026-01`); `null`: cases that have none. */
  key: z.string().nullable(),
  /** `null`: no name is needed or left; the key says it. */
  name: textSchema.nullable(),
  values: evaluationValuesSchema,
  /** Of the second period; `null`: none was asked for. */
  compared: evaluationValuesSchema.nullable(),
});
export type EvaluationRow = z.infer<typeof evaluationRowSchema>;

export const evaluationSchema = z.object({
  by: z.enum(evaluationGroupings),
  areaId: areaIdSchema,
  areaName: textSchema,
  from: instantSchema,
  to: instantSchema,
  compareFrom: instantSchema.nullable(),
  compareTo: instantSchema.nullable(),
  /** Open cases are judged as they are now. */
  at: instantSchema,
  /** Only cases that the asking person handled: figures of others are not theirs to see. */
  own: z.boolean(),
  definitions: z.array(evaluationDefinitionSchema),
  total: evaluationRowSchema,
  /** Most cases first; months in order. */
  rows: z.array(evaluationRowSchema),
  /** Rows that are not told, because there are too many. */
  left: z.number().int(),
});
export type Evaluation = z.infer<typeof evaluationSchema>;
