import type { Rule } from '@sc/contracts';
import { initialState, kindOf } from './kinds/index.js';
import type { Scene } from './scene.js';
import { SiteHours } from './site-hours.js';
import { conditionsOf, type RuleState } from './state.js';
import { tellWhatHoursOpened } from './transition.js';
import type { AlarmTransition, DetectionInput, Tick } from './types.js';

/**
 * Lets one input act on one rule's memory of one device: changes `state` in place, tells `scene.out`. The caller has made
 * sure that the input is of this device. An input that does not concern the rule changes nothing.
 */
export function advance(rule: Rule, state: RuleState, input: DetectionInput | Tick, scene: Scene): void {
  const kind = kindOf(rule.condition);
  if (input.kind === 'tick') kind.tick?.(rule, rule.condition as never, state as never, input, scene);
  else kind.take(rule, rule.condition as never, state as never, input, scene);
  if (rule.activeHours) followHours(rule, state, input, scene);
}

/** Hours are those of device time; when nothing is heard it goes on as far behind our clock as at the newest input. */
function followHours(rule: Rule, state: RuleState, input: DetectionInput | Tick, scene: Scene): void {
  if (input.kind !== 'tick' && input.ts > (state.lag?.ts ?? 0))
    state.lag = { ts: input.ts, ms: input.receivedAt - input.ts };
  const ts = input.kind === 'tick' ? input.now - (state.lag?.ms ?? 0) : (state.lag?.ts ?? input.ts);
  for (const one of conditionsOf(state)) tellWhatHoursOpened(rule, one, input.deviceId, ts, scene);
}

const utc = new SiteHours('UTC');

/** The pure form: (rule, state, input) → (state, transitions). What back-tests and proofs use (P8). `hours` are the site's. */
export function step(
  rule: Rule,
  state: RuleState = initialState(rule.condition),
  input: DetectionInput | Tick,
  listeningSince = 0,
  hours = utc,
): { state: RuleState; transitions: AlarmTransition[] } {
  const next = structuredClone(state);
  const transitions: AlarmTransition[] = [];
  advance(rule, next, input, { listeningSince, hours, out: transitions });
  return { state: next, transitions };
}
