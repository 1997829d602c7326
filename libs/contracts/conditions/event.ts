import { z } from 'zod';
import { severitySchema } from '../severity.js';
import { eventTypeSchema, matchSchema, millisecondsSchema } from './common.js';

/**
 * Raised by an event of the device; cleared by another, or by quiet: no further raising event for `quietMs`. With neither
 * `clearOn` nor `quietMs` the alarm stays until a person resolves it.
 */
export const eventSchema = z.object({
  kind: z.literal('event'),
  raiseOn: z.array(eventTypeSchema).min(1),
  clearOn: z.array(eventTypeSchema),
  /** All must hold, or the event does not raise. */
  match: z.array(matchSchema).max(8).optional(),
  /** Time, by the device's clock, without a further raising event after which the condition is over. Also behind `clearOn`, should the end be lost. */
  quietMs: millisecondsSchema.min(1000).optional(),
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
export type EventCondition = z.infer<typeof eventSchema>;
