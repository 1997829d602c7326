import type { Rule } from '@sc/contracts';
import { advanceEvent } from './event.js';
import { advanceHeld, tickHeld } from './held.js';
import { tickQuiet } from './quiet.js';
import type { Scene } from './scene.js';
import { advanceSilence, tickSilence } from './silence.js';
import { SiteHours } from './site-hours.js';
import { conditionsOf, initialState, type RuleState } from './state.js';
import { advanceThreshold } from './threshold.js';
import { tellWhatHoursOpened } from './transition.js';
import type { AlarmTransition, DetectionInput, Tick } from './types.js';

/**
 * Lets one input act on one rule's memory of one device: changes `state` in place, tells `scene.out`. The caller has made
 * sure that the input is of this device. An input that does not concern the rule changes nothing.
 */
export function advance(rule: Rule, state: RuleState, input: DetectionInput | Tick, scene: Scene): void {
  if (input.kind === 'tick') pass(rule, state, input, scene);
  else take(rule, state, input, scene);
  if (rule.activeHours) followHours(rule, state, input, scene);
}

function take(rule: Rule, state: RuleState, input: DetectionInput, scene: Scene): void {
  const { condition } = rule;
  if (condition.kind === 'threshold') {
    if (state.kind === 'threshold' && input.kind === 'reading' && isAbout(condition, input.metric))
      advanceThreshold(rule, condition, state, input, scene);
  } else if (condition.kind === 'silence') {
    if (state.kind === 'silence') advanceSilence(rule, condition, state, input, scene);
  } else if (condition.kind === 'event') {
    if (state.kind === 'event') advanceEvent(rule, condition, state, input, scene);
  } else if (state.kind === 'held') advanceHeld(rule, condition, state, input, scene);
}

const isAbout = ({ metric, of }: { metric: string; of?: string | undefined }, name: string): boolean =>
  name === metric || name === of;

function pass(rule: Rule, state: RuleState, tick: Tick, scene: Scene): void {
  const { condition } = rule;
  if (condition.kind === 'silence') {
    if (state.kind === 'silence') tickSilence(rule, condition, state, tick, scene);
  } else if (condition.kind === 'event') {
    if (state.kind === 'event' && condition.quietMs !== undefined)
      tickQuiet(rule, condition.quietMs, state, tick, scene);
  } else if (condition.kind === 'held' && state.kind === 'held') tickHeld(rule, condition, state, tick, scene);
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
  state: RuleState = initialState(rule),
  input: DetectionInput | Tick,
  listeningSince = 0,
  hours = utc,
): { state: RuleState; transitions: AlarmTransition[] } {
  const next = structuredClone(state);
  const transitions: AlarmTransition[] = [];
  advance(rule, next, input, { listeningSince, hours, out: transitions });
  return { state: next, transitions };
}
