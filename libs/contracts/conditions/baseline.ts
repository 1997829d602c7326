import { z } from 'zod';
import { metricNameSchema, millisecondsSchema } from './common.js';

/**
 * Raised when the value is strange for this very series, by a detector that learns while it reads: what this hour of the day and of the
 * week is usually like, the range, the course and the restlessness of before. 0 is usual, 0.5 is worth a look, 1 is never reached
 * (docs/detection-baseline.md).
 */
export const baselineSchema = z
  .object({
    kind: z.literal('baseline'),
    metric: metricNameSchema,
    /** `above`: strange and over what is usual at that hour, `below`: under it; `both`: also a usual value in a strange course. */
    direction: z.enum(['both', 'above', 'below']),
    raiseAt: z.number().gt(0).lt(1),
    /** Not higher than `raiseAt`; between the two the alarm stays as it is (deadband). */
    clearAt: z.number().gt(0).lt(1),
    onDelayMs: millisecondsSchema,
    offDelayMs: millisecondsSchema,
    /** Two readings further apart than this do not prove what was between them: a running delay starts anew. */
    maxGapMs: millisecondsSchema,
    /** Device time from the first reading on in which it only learns. */
    learnMs: millisecondsSchema.min(3_600_000),
  })
  .refine((c) => c.clearAt <= c.raiseAt, {
    path: ['clearAt'],
    message: 'must not be beyond raiseAt: the alarm would clear while its condition holds',
  });
export type BaselineCondition = z.infer<typeof baselineSchema>;
