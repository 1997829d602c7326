import { z } from 'zod';

/** A duration of a rule, at most 30 days. */
export const millisecondsSchema = z
  .number()
  .int()
  .min(0)
  .max(30 * 86_400_000);

export const metricNameSchema = z.string().min(1).max(64);
export const eventTypeSchema = z.string().min(1).max(64);

/** One field of an event's `data` and the values that count. A field that holds a list (labels, zones) matches with any of its members. */
export const matchSchema = z.object({
  field: z.string().min(1).max(64),
  anyOf: z
    .array(z.union([z.string().max(256), z.number(), z.boolean()]))
    .min(1)
    .max(64),
});
export type Match = z.infer<typeof matchSchema>;
