import { z } from 'zod';
import { eventTypeSchema, matchSchema, metricNameSchema } from './common.js';

/** Something that happens at one moment: an event, perhaps only with some data; or a boolean metric that becomes `value`. */
export const signalSchema = z.union(
  [
    z.strictObject({
      event: eventTypeSchema,
      /** All must hold. */
      match: z.array(matchSchema).max(8).optional(),
    }),
    z.strictObject({ metric: metricNameSchema, value: z.boolean() }),
  ],
  { error: 'must be {event, match?} or {metric, value: true or false}' },
);
export type Signal = z.infer<typeof signalSchema>;

/** Signals of which any one counts. */
export const signalsSchema = z.array(signalSchema).min(1).max(8);
