import type { Rule } from '@sc/contracts';
import { advanceEvent } from './event.js';
import { advanceSilence, tickSilence, type Tick } from './silence.js';
import { initialState, type RuleState } from './state.js';
import { advanceThreshold } from './threshold.js';
import type { AlarmTransition, DetectionInput } from './types.js';

/**
 * Lets one input act on one rule's memory of one device: changes `state` in place, adds to `out`. The caller has made sure
 * that the input is of this device. An input that does not concern the rule changes nothing.
 */
export function advance(
  rule: Rule,
  state: RuleState,
  input: DetectionInput | Tick,
  listeningSince: number,
  out: AlarmTransition[],
): void {
  const { condition } = rule;
  if (input.kind === 'tick') {
    if (condition.kind === 'silence' && state.kind === 'silence')
      tickSilence(rule, condition, state, input, listeningSince, out);
  } else if (condition.kind === 'threshold') {
    if (state.kind === 'threshold' && input.kind === 'reading' && input.metric === condition.metric)
      advanceThreshold(rule, condition, state, input, out);
  } else if (condition.kind === 'silence') {
    if (state.kind === 'silence') advanceSilence(rule, condition, state, input, listeningSince, out);
  } else if (condition.kind === 'event' && state.kind === 'event' && input.kind === 'event') {
    advanceEvent(rule, condition, state, input, out);
  }
}

/** The pure form: (rule, state, input) → (state, transitions). What back-tests and proofs use (P8). */
export function step(
  rule: Rule,
  state: RuleState = initialState(rule),
  input: DetectionInput | Tick,
  listeningSince = 0,
): { state: RuleState; transitions: AlarmTransition[] } {
  const next = { ...state };
  const transitions: AlarmTransition[] = [];
  advance(rule, next, input, listeningSince, transitions);
  return { state: next, transitions };
}
