import { z } from 'zod';
import { eventSchema } from './event.js';
import { heldSchema } from './held.js';
import { rateSchema } from './rate.js';
import { silenceSchema } from './silence.js';
import { thresholdSchema } from './threshold.js';

/** What a rule watches for. To add a kind: a file here and a line below, a file in libs/features/detection/kinds and a line in its table. */
export const conditionSchema = z.discriminatedUnion('kind', [
  thresholdSchema,
  silenceSchema,
  eventSchema,
  heldSchema,
  rateSchema,
]);
export type Condition = z.infer<typeof conditionSchema>;
export type ConditionKind = Condition['kind'];
/** The condition of one kind. */
export type ConditionOf<K extends ConditionKind> = Extract<Condition, { kind: K }>;

export type { EventCondition } from './event.js';
export type { HeldCondition } from './held.js';
export type { RateCondition } from './rate.js';
export type { SilenceCondition } from './silence.js';
export type { ThresholdCondition } from './threshold.js';
