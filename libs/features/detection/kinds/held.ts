import type { HeldCondition, Rule } from '@sc/contracts';
import { quietFrom, type Scene } from '../scene.js';
import { type HeldState, newCondition } from '../state.js';
import { clear, raise } from '../transition.js';
import type { DetectionInput, Tick } from '../types.js';
import type { Kind } from './kind.js';

const dayMs = 86_400_000;

/** A state that lasts. */
export const heldKind: Kind<'held'> = {
  initial: () => ({
    kind: 'held',
    ...newCondition(),
    judgedFrom: 0,
    since: 0,
    newestTs: 0,
    endedTs: 0,
    seenTs: 0,
    heardAt: 0,
  }),
  wakes: () => ({ always: true }),
  metrics: ({ metric }) => [metric],
  memory: ({ forMs, beginOn }) => ({
    // What an event began a reading may have ended, and events are told of a day at least.
    readingsMs: beginOn.length > 0 ? forMs + Math.max(forMs, dayMs) : 2 * forMs,
    eventsMs: forMs,
  }),
  take: advanceHeld,
  tick: tickHeld,
  goesOver: () => true,
  endOf: ({ forMs }, { since, endedTs }, _, at) => (since === 0 && endedTs > at - forMs ? endedTs : undefined),
  takeOver({ forMs }, state, _, { at }) {
    if (state.since === 0) state.since = state.newestTs = at - forMs;
  },
};

/**
 * One input of a device. The state lasts when its newest begin is not older than its newest end, whatever the order they
 * came in; since when, says the first begin after that end. Any input whose `ts` lies `forMs` behind it proves that it lasted.
 */
function advanceHeld(
  rule: Rule,
  condition: HeldCondition,
  state: HeldState,
  input: DetectionInput,
  scene: Scene,
): void {
  state.seenTs = Math.max(state.seenTs, input.ts);
  const told = meaningOf(condition, input);
  if (told === 'begin') begin(state, input);
  else if (told === 'end') end(rule, condition, state, input, scene);
  ripen(rule, condition, state, input.deviceId, state.seenTs, scene);
}

/** Nothing more is heard: it lasted when `forMs` went by on our clock, while we listened. */
function tickHeld(rule: Rule, condition: HeldCondition, state: HeldState, tick: Tick, scene: Scene): void {
  if (state.since === 0 || state.active) return;
  if (tick.now - quietFrom(state.heardAt, tick.now, scene) < condition.forMs) return;
  ripen(rule, condition, state, tick.deviceId, state.since + condition.forMs, scene);
}

function begin(state: HeldState, { kind, ts, receivedAt }: DetectionInput): void {
  if (ts < state.endedTs || (kind === 'event' && ts < state.judgedFrom)) return;
  if (state.since === 0 || ts < state.since) {
    state.heardAt = state.since === 0 ? receivedAt : Math.min(state.heardAt, receivedAt);
    state.since = ts;
  }
  state.newestTs = Math.max(state.newestTs, ts);
}

function end(rule: Rule, condition: HeldCondition, state: HeldState, input: DetectionInput, scene: Scene): void {
  const { ts, deviceId } = input;
  if (ts <= state.endedTs) return;
  state.endedTs = ts;
  if (state.since === 0) return;
  if (ts <= state.newestTs) {
    // It ended in between and began again by the newest begin at the latest.
    if (state.since < ts && !state.active) [state.since, state.heardAt] = [state.newestTs, input.receivedAt];
    return;
  }
  ripen(rule, condition, state, deviceId, ts, scene);
  state.since = 0;
  state.newestTs = 0;
  if (!state.active) return;
  const { metric } = condition;
  const cause =
    input.kind === 'event'
      ? { kind: 'event', type: input.type, eventKey: input.eventKey }
      : { kind: 'held', metric, value: input.value };
  clear(rule, state, deviceId, ts, cause, scene);
}

function ripen(
  rule: Rule,
  { metric, value, forMs }: HeldCondition,
  state: HeldState,
  deviceId: string,
  ts: number,
  scene: Scene,
): void {
  const { since } = state;
  if (since === 0 || state.active || ts - since < forMs) return;
  raise(rule, state, deviceId, since + forMs, { kind: 'held', metric, value, sinceTs: since, forMs }, scene);
}

function meaningOf(
  { metric, value, beginOn, endOn }: HeldCondition,
  input: DetectionInput,
): 'begin' | 'end' | undefined {
  if (input.kind === 'reading')
    return input.metric === metric && typeof input.value === 'boolean'
      ? input.value === value
        ? 'begin'
        : 'end'
      : undefined;
  return beginOn.includes(input.type) ? 'begin' : endOn.includes(input.type) ? 'end' : undefined;
}
