import { z } from 'zod';
import { baselineSchema } from './baseline.js';
import { eventSchema } from './event.js';
import { forecastSchema } from './forecast.js';
import { groupOf } from './group.js';
import { heldSchema } from './held.js';
import { rateSchema } from './rate.js';
import { sequenceSchema } from './sequence.js';
import { silenceSchema } from './silence.js';
import { stuckSchema } from './stuck.js';
import { thresholdSchema } from './threshold.js';

/** Every kind but `group`, whose members are of these. To add one: a file here and a line below, a file in libs/features/detection/kinds and a line in its table. */
const simple = [
  thresholdSchema,
  silenceSchema,
  eventSchema,
  heldSchema,
  rateSchema,
  stuckSchema,
  sequenceSchema,
  forecastSchema,
  baselineSchema,
] as const;
export const simpleConditionSchema = z.discriminatedUnion('kind', simple);
export type SimpleCondition = z.infer<typeof simpleConditionSchema>;

/** What a rule watches for. */
export const conditionSchema = z.discriminatedUnion('kind', [...simple, groupOf(simpleConditionSchema)]);
export type Condition = z.infer<typeof conditionSchema>;
export type ConditionKind = Condition['kind'];
/** The condition of one kind. */
export type ConditionOf<K extends ConditionKind> = Extract<Condition, { kind: K }>;

export type { BaselineCondition } from './baseline.js';
export type { EventCondition } from './event.js';
export type { ForecastCondition } from './forecast.js';
export type { HeldCondition } from './held.js';
export type { RateCondition } from './rate.js';
export type { SequenceCondition } from './sequence.js';
export type { Signal } from './signal.js';
export type { SilenceCondition } from './silence.js';
export type { StuckCondition } from './stuck.js';
export type { ThresholdCondition } from './threshold.js';
export type GroupCondition = ConditionOf<'group'>;
