import { z } from 'zod';
import { metricNameSchema, millisecondsSchema } from './common.js';

/**
 * Raised when readings keep coming and for `forMs` no two of them differ by more than `tolerance`: the sensor is frozen,
 * covered or disconnected behind its radio. Cleared by the first reading that differs from those of the last `forMs` by more. Numbers only: a state that lasts is `held`.
 */
export const stuckSchema = z
  .object({
    kind: z.literal('stuck'),
    metric: metricNameSchema,
    /** In units of the metric; 0: not the least change. */
    tolerance: z.number().min(0),
    forMs: millisecondsSchema.min(60_000),
    /** A longer hole proves nothing: the time counts anew. */
    maxGapMs: millisecondsSchema.min(1),
  })
  .refine((c) => c.maxGapMs < c.forMs, {
    path: ['maxGapMs'],
    message: 'must be less than forMs: two readings would pass for standing still',
  });
export type StuckCondition = z.infer<typeof stuckSchema>;
