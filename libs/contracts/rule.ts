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
  /** With it the levels are shares of the newest reading of that other metric of the device: 0.95 of `capacity`. */
  of: z.string().min(1).max(64).optional(),
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

/** One field of an event's `data` and the values that count. */
const matchSchema = z.object({
  field: z.string().min(1).max(64),
  anyOf: z
    .array(z.union([z.string().max(256), z.number(), z.boolean()]))
    .min(1)
    .max(64),
});

/**
 * Raised by an event of the device; cleared by another, or by quiet: no further raising event for `quietMs`. With neither
 * `clearOn` nor `quietMs` the alarm stays until a person resolves it.
 */
const eventSchema = z.object({
  kind: z.literal('event'),
  raiseOn: z.array(z.string().min(1).max(64)).min(1),
  clearOn: z.array(z.string().min(1).max(64)),
  /** All must hold, or the event does not raise. A field that holds a list (labels, zones) matches with any of its members. */
  match: z.array(matchSchema).max(8).optional(),
  /** Time, by the device's clock, without a further raising event after which the condition is over. Also behind `clearOn`, should the end be lost. */
  quietMs: milliseconds.min(1000).optional(),
  /** Field of `data` whose value tells conditions of one device apart (the id of a review): one alarm for each value. */
  subject: z.string().min(1).max(64).optional(),
  /** Severity by the value of a field of `data`; it may rise while the condition holds and never falls. A value not listed does not raise. */
  levels: z
    .object({
      field: z.string().min(1).max(64),
      of: z.record(z.string().max(64), z.object({ severity: severitySchema, workOrder: z.boolean() })),
    })
    .optional(),
});

/**
 * Raised when a state lasts too long, though nothing more is heard: a door that opened and was not closed. The state is
 * `metric` = `value`, or has begun with an event of `beginOn` and not ended with one of `endOn`.
 */
const heldSchema = z.object({
  kind: z.literal('held'),
  metric: z.string().min(1).max(64),
  value: z.boolean(),
  beginOn: z.array(z.string().min(1).max(64)),
  endOn: z.array(z.string().min(1).max(64)),
  forMs: milliseconds.min(1000),
});

export const conditionSchema = z
  .discriminatedUnion('kind', [thresholdSchema, silenceSchema, eventSchema, heldSchema])
  .refine(
    (c) => c.kind !== 'threshold' || (c.direction === 'above' ? c.clearAt <= c.raiseAt : c.clearAt >= c.raiseAt),
    { path: ['clearAt'], message: 'must not be beyond raiseAt: the alarm would clear while its condition holds' },
  );
export type Condition = z.infer<typeof conditionSchema>;
export type ThresholdCondition = z.infer<typeof thresholdSchema>;
export type SilenceCondition = z.infer<typeof silenceSchema>;
export type EventCondition = z.infer<typeof eventSchema>;
export type HeldCondition = z.infer<typeof heldSchema>;

const timeOfDay = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, 'is hh:mm');

/** Hours in which a rule raises, in the site's time zone. `to` before `from` runs over midnight; the days are those of `from`. */
export const activeHoursSchema = z
  .object({
    from: timeOfDay,
    to: timeOfDay,
    /** ISO weekdays, 1 Monday to 7 Sunday; left out = every day. */
    days: z.array(z.number().int().min(1).max(7)).min(1).max(7).optional(),
  })
  .refine(({ from, to }) => from !== to, { path: ['to'], message: 'must differ from `from`' });
export type ActiveHours = z.infer<typeof activeHoursSchema>;

/** When an alarm is raised and how much it matters. Rules are data: stored, versioned, switched by people. */
export const ruleSchema = z.object({
  id: slugSchema,
  version: z.number().int().positive(),
  domain: slugSchema,
  title: textSchema,
  /** What the operator reads under the alarm: what it means and what to do. */
  guidance: textSchema,
  condition: conditionSchema,
  /**
   * Outside of them nothing begins; what holds when they begin is raised then, what holds when they end stays until its
   * condition is over. Left out = always.
   */
  activeHours: activeHoursSchema.optional(),
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
