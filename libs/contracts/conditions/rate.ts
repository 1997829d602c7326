import { z } from 'zod';
import { metricNameSchema, millisecondsSchema } from './common.js';

/**
 * Raised when the value rises (or falls) over `windowMs` by `raiseAt` a minute or more, for `onDelayMs`; cleared when it
 * does so by less than `clearAt`, for `offDelayMs`.
 *
 * The pace is the newest value less the one at the window's far end, by the time between them. Of a device that reports more seldom than the
 * window is long it is the mean between two reports: never more than the true pace at its steepest, so such a device raises late or not.
 * Right after a start or a gap less than a window is known: what is not known counts as no change, and ends nothing.
 */
export const rateSchema = z
  .object({
    kind: z.literal('rate'),
    metric: metricNameSchema,
    direction: z.enum(['rising', 'falling']),
    windowMs: millisecondsSchema.min(1000),
    /** Units of the metric a minute, in the direction: 8 is eight degrees a minute, up or down. */
    raiseAt: z.number().positive(),
    /** Not above `raiseAt`; between the two the alarm stays as it is (deadband). More than 0, or a value that stands still would end nothing. */
    clearAt: z.number().positive(),
    onDelayMs: millisecondsSchema,
    offDelayMs: millisecondsSchema,
    /** Across a longer hole nothing is compared: what was before it is forgotten, and a running delay starts anew. */
    maxGapMs: millisecondsSchema.min(1),
  })
  .refine((c) => c.clearAt <= c.raiseAt, {
    path: ['clearAt'],
    message: 'must not be above raiseAt: the alarm would clear while its condition holds',
  })
  .refine((c) => c.maxGapMs <= 30 * c.windowMs, {
    path: ['maxGapMs'],
    message: 'must be at most 30 windows: over so long a hole a pace says nothing; make windowMs longer',
  });
export type RateCondition = z.infer<typeof rateSchema>;
