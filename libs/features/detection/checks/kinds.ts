import type { Condition, ConditionKind, ConditionOf } from '@sc/contracts';
import { checkBaseline, checkForecast, checkRate, checkStuck } from './by-readings.js';
import { checkEvent } from './event.js';
import { checkGroup } from './group.js';
import { checkHeld, checkSilence } from './held.js';
import type { Look } from './look.js';
import { checkSequence } from './sequence.js';
import { checkThreshold } from './threshold.js';

type Check<K extends ConditionKind> = (condition: ConditionOf<K>, look: Look) => void;

/** What is to be checked of each kind beyond its schema. A new kind has its line here: the compiler asks for it. */
const checks: { readonly [K in ConditionKind]: Check<K> } = {
  threshold: checkThreshold,
  silence: checkSilence,
  event: checkEvent,
  held: checkHeld,
  rate: checkRate,
  stuck: checkStuck,
  sequence: checkSequence,
  forecast: checkForecast,
  baseline: checkBaseline,
  group: (condition, look) => checkGroup(condition, look, checkCondition),
};

export function checkCondition(condition: Condition, look: Look): void {
  (checks[condition.kind] as unknown as Check<never>)(condition as never, look);
}
