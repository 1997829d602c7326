import { z } from 'zod';
import { eventTypeSchema, metricNameSchema, millisecondsSchema } from './common.js';

/**
 * Raised when a state lasts too long, though nothing more is heard: a door that opened and was not closed. The state is
 * `metric` = `value`, or has begun with an event of `beginOn` and not ended with one of `endOn`.
 */
export const heldSchema = z.object({
  kind: z.literal('held'),
  metric: metricNameSchema,
  value: z.boolean(),
  beginOn: z.array(eventTypeSchema),
  endOn: z.array(eventTypeSchema),
  forMs: millisecondsSchema.min(1000),
});
export type HeldCondition = z.infer<typeof heldSchema>;
