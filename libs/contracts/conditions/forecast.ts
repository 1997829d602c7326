import { z } from 'zod';
import { metricNameSchema, millisecondsSchema } from './common.js';

/**
 * Raised when the value will reach `level` within `horizonMs` if it goes on at its pace of the last `windowMs`; cleared when
 * it will not within `clearBeyondMs`, and when it has: then a threshold has an alarm of its own, and for a window no forecast is made again unless the pace has led elsewhere.
 *
 * The pace is the median of the slopes between all parts of the window, so a quarter of the readings may be wrong; three of four
 * slopes must agree on the direction, and the newer half of the window must lead there in time by itself: what slows down does not arrive.
 */
export const forecastSchema = z
  .object({
    kind: z.literal('forecast'),
    metric: metricNameSchema,
    /** With it `level` and `resetBy` are shares of the newest reading of that other metric of the device. */
    of: metricNameSchema.optional(),
    direction: z.enum(['rising', 'falling']),
    level: z.number(),
    horizonMs: millisecondsSchema.min(60_000),
    /** Not less than `horizonMs`; between the two the alarm stays as it is (deadband). */
    clearBeyondMs: millisecondsSchema,
    windowMs: millisecondsSchema.min(60_000),
    /** So much of the window must be known, in so many readings, before anything is foretold. */
    minSpanMs: millisecondsSchema.min(1000),
    minReadings: z.number().int().min(3).max(1000),
    /** A leap against the direction by so much from one reading to the next starts anew: the bin was emptied. */
    resetBy: z.number().positive(),
    /** A longer hole starts anew, too, but ends nothing. */
    maxGapMs: millisecondsSchema.min(1),
  })
  .refine((c) => c.clearBeyondMs >= c.horizonMs, {
    path: ['clearBeyondMs'],
    message: 'must not be less than horizonMs: the alarm would clear while its condition holds',
  })
  .refine((c) => c.minSpanMs <= c.windowMs, {
    path: ['minSpanMs'],
    message: 'must not be more than windowMs: so much is never known',
  })
  .refine((c) => c.horizonMs <= 4 * c.windowMs, {
    path: ['horizonMs'],
    message: 'must be at most four windows: nobody can see so far ahead on so little; make windowMs longer',
  });
export type ForecastCondition = z.infer<typeof forecastSchema>;
