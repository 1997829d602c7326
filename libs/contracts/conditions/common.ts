import { z } from 'zod';

/** How far back a rule may look: 30 days. */
export const longestMs = 30 * 86_400_000;

/** A duration of a rule. */
export const millisecondsSchema = z.number().int().min(0).max(longestMs);

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
