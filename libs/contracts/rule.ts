import { z } from 'zod';
import { slugSchema } from './ids.js';
import { certaintySchema, severitySchema, urgencySchema } from './severity.js';
import { textSchema } from './text.js';

const milliseconds = z
  .number()
  .int()
  .min(0)
  .max(30 * 86_400_000);

/** Raised when the value is on the wrong side of `raiseAt` for `onDelayMs`; cleared when it is back past `clearAt` for `offDelayMs`. */
const thresholdSchema = z.object({
  kind: z.literal('threshold'),
  metric: z.string().min(1).max(64),
  direction: z.enum(['above', 'below']),
  raiseAt: z.number(),
  /** The clear level: for `above` not higher than `raiseAt`, for `below` not lower; between the two the alarm stays as it is (deadband). */
  clearAt: z.number(),
  /** Time, by the device's own `ts`, the value must stay over the level; 0 raises at the first reading. */
  onDelayMs: milliseconds,
  offDelayMs: milliseconds,
  /** Two readings further apart than this do not prove what was between them: a running delay starts anew. */
  maxGapMs: milliseconds,
});

/** Raised when a device has sent nothing for `afterMs`; cleared by the next reading. */
const silenceSchema = z.object({ kind: z.literal('silence'), afterMs: milliseconds.min(1000) });

/** Raised by an event of the device, cleared by another. Without `clearOn` the alarm stays until a person resolves it. */
const eventSchema = z.object({
  kind: z.literal('event'),
  raiseOn: z.array(z.string().min(1).max(64)).min(1),
  clearOn: z.array(z.string().min(1).max(64)),
});

export const conditionSchema = z
  .discriminatedUnion('kind', [thresholdSchema, silenceSchema, eventSchema])
  .refine(
    (c) => c.kind !== 'threshold' || (c.direction === 'above' ? c.clearAt <= c.raiseAt : c.clearAt >= c.raiseAt),
    { path: ['clearAt'], message: 'must not be beyond raiseAt: the alarm would clear while its condition holds' },
  );
export type Condition = z.infer<typeof conditionSchema>;
export type ThresholdCondition = z.infer<typeof thresholdSchema>;
export type SilenceCondition = z.infer<typeof silenceSchema>;
export type EventCondition = z.infer<typeof eventSchema>;

/** When an alarm is raised and how much it matters. Rules are data: stored, versioned, switched by people. */
export const ruleSchema = z.object({
  id: slugSchema,
  version: z.number().int().positive(),
  domain: slugSchema,
  title: textSchema,
  /** What the operator reads under the alarm: what it means and what to do. */
  guidance: textSchema,
  condition: conditionSchema,
  severity: severitySchema,
  urgency: urgencySchema,
  certainty: certaintySchema,
  /** Whether the alarm asks for a person: then it leads to a work order. */
  workOrder: z.boolean(),
  enabled: z.boolean(),
  /** Where the level comes from: a standard, a measurement, a manual. */
  source: z.string().min(1).max(500),
});
export type Rule = z.infer<typeof ruleSchema>;
