import { z } from 'zod';
import { longestMs, metricNameSchema, millisecondsSchema } from './common.js';

/**
 * Raised when the value is on the wrong side of `raiseAt` for `onDelayMs`, in `repeatCount` readings in a row; cleared when it is back past `clearAt` for `offDelayMs`.
 */
export const thresholdSchema = z
  .object({
    kind: z.literal('threshold'),
    metric: metricNameSchema,
    /** With it the levels are shares of the newest reading of that other metric of the device: 0.95 of `capacity`. */
    of: metricNameSchema.optional(),
    direction: z.enum(['above', 'below']),
    raiseAt: z.number(),
    /** The clear level: for `above` not higher than `raiseAt`, for `below` not lower; between the two the alarm stays as it is (deadband). */
    clearAt: z.number(),
    /** Time, by the device's own `ts`, the value must stay over the level; 0 raises at the first reading. */
    onDelayMs: millisecondsSchema,
    offDelayMs: millisecondsSchema,
    /** Besides the on-delay: so many readings in a row must be over the level, none further from the next than `maxGapMs`. Left out = 1. */
    repeatCount: z.number().int().min(1).max(1000).optional(),
    /** Two readings further apart than this do not prove what was between them: a running delay starts anew. */
    maxGapMs: millisecondsSchema,
  })
  .refine((c) => (c.direction === 'above' ? c.clearAt <= c.raiseAt : c.clearAt >= c.raiseAt), {
    path: ['clearAt'],
    message: 'must not be beyond raiseAt: the alarm would clear while its condition holds',
  })
  .refine(({ repeatCount = 1, maxGapMs }) => repeatCount === 1 || maxGapMs > 0, {
    path: ['maxGapMs'],
    message: 'must be more than 0 with repeatCount: no two readings would be in a row',
  })
  .refine(({ repeatCount = 1, maxGapMs }) => repeatCount === 1 || repeatCount * maxGapMs <= longestMs, {
    path: ['repeatCount'],
    message: 'times maxGapMs must be at most 30 days, as far back as a rule remembers: lower one of them',
  });
export type ThresholdCondition = z.infer<typeof thresholdSchema>;
