import type { Condition, ConditionKind } from '@sc/contracts';
import type { RuleState } from '../state.js';
import { baselineKind } from './baseline.js';
import { eventKind } from './event.js';
import { forecastKind } from './forecast.js';
import { groupKindOf } from './group.js';
import { heldKind } from './held.js';
import type { Kind } from './kind.js';
import { rateKind } from './rate.js';
import { sequenceKind } from './sequence.js';
import { silenceKind } from './silence.js';
import { stuckKind } from './stuck.js';
import { thresholdKind } from './threshold.js';

export type { Kind, Memory, Wakes } from './kind.js';

const kinds: { readonly [K in ConditionKind]: Kind<K> } = {
  group: groupKindOf((condition) => kindOf(condition)),
  threshold: thresholdKind,
  silence: silenceKind,
  event: eventKind,
  held: heldKind,
  rate: rateKind,
  stuck: stuckKind,
  sequence: sequenceKind,
  forecast: forecastKind,
  baseline: baselineKind,
};

/**
 * The kind of a condition. TypeScript cannot see that a condition, its kind and its state go together, so here, and only
 * here, they are told to: a state is made by `initial` of the same kind and goes over to another rule only within it.
 */
export const kindOf = ({ kind }: Condition): Kind<never> => kinds[kind] as unknown as Kind<never>;

export const initialState = (condition: Condition): RuleState => kindOf(condition).initial(condition as never);

export const metricsOf = (condition: Condition): readonly string[] => kindOf(condition).metrics(condition as never);
