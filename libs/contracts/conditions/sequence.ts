import { z } from 'zod';
import { millisecondsSchema } from './common.js';
import { type Signal, signalsSchema } from './signal.js';

/**
 * Something happened without what belongs to it: a door opened and nobody was let in before (`before`), a vehicle came in and
 * did not leave within a day (`after`).
 *
 * `before`: raised at an `on` with no `expect` in the `withinMs` before it and the `graceMs` after it; an `expect` of that time which is told later takes
 * the alarm back. `after`: raised when `withinMs` went by after an `on` with no `expect` since; an `expect` ends it, however late.
 */
export const sequenceSchema = z
  .object({
    kind: z.literal('sequence'),
    on: signalsSchema,
    expect: signalsSchema,
    order: z.enum(['before', 'after']),
    withinMs: millisecondsSchema.min(1),
    /** Only of `before`: clocks and networks differ, so what permits may be told a little after what it permits. Left out = 0. */
    graceMs: millisecondsSchema.optional(),
    /** Field of the events' `data` whose value says what belongs together: a plate, a card. Each is counted, and alarmed, by itself. */
    subject: z.string().min(1).max(64).optional(),
    /** Only of `after`. A further `on` starts the time anew, because what came in again had gone. Left out: the first `on` counts. */
    restarts: z.boolean().optional(),
    /** Further signals that end it. */
    clearOn: signalsSchema.optional(),
    /** Time, by the device's clock, without a further `on` after which the condition is over. */
    quietMs: millisecondsSchema.min(1000).optional(),
  })
  .refine(({ order, graceMs }) => order === 'before' || graceMs === undefined, {
    path: ['graceMs'],
    message: 'is only for order `before`: with `after` lengthen withinMs instead',
  })
  .refine(({ order, restarts }) => order === 'after' || restarts === undefined, {
    path: ['restarts'],
    message: 'is only for order `after`: with `before` each `on` counts by itself',
  })
  .refine(({ subject, ...c }) => !subject || [c.on, c.expect, c.clearOn ?? []].flat().every(isEvent), {
    path: ['subject'],
    message: 'needs events only: a metric has no data to take a subject from',
  })
  .refine(({ on, expect, clearOn = [] }) => ![...expect, ...clearOn].some((one) => on.some(sameAs(one))), {
    path: ['on'],
    message: 'must differ from expect and clearOn: what happens would be its own answer',
  });
export type SequenceCondition = z.infer<typeof sequenceSchema>;

const isEvent = (signal: Signal): boolean => 'event' in signal;
const sameAs = (one: Signal) => (other: Signal) => JSON.stringify(one) === JSON.stringify(other);
