import { z } from 'zod';
import { metricNameSchema, millisecondsSchema } from './common.js';

/** Raised when the value is on the wrong side of `raiseAt` for `onDelayMs`; cleared when it is back past `clearAt` for `offDelayMs`. */
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
    /** Two readings further apart than this do not prove what was between them: a running delay starts anew. */
    maxGapMs: millisecondsSchema,
  })
  .refine((c) => (c.direction === 'above' ? c.clearAt <= c.raiseAt : c.clearAt >= c.raiseAt), {
    path: ['clearAt'],
    message: 'must not be beyond raiseAt: the alarm would clear while its condition holds',
  });
export type ThresholdCondition = z.infer<typeof thresholdSchema>;
