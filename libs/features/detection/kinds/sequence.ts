import type { Rule, SequenceCondition } from '@sc/contracts';
import { quietFrom, type Scene } from '../scene.js';
import type { SequenceConditionState, SequenceState } from '../state.js';
import type { DetectionInput, Tick } from '../types.js';
import { subjectOf } from './event-data.js';
import type { Kind } from './kind.js';
import { answer, begin, end, endQuiet, forgetTold, isEndless, permits, ripen, waitOf } from './sequence-steps.js';
import { sequenceFor } from './sequence-subjects.js';
import { metricsOfSignals, saidBy } from './signals.js';

const dayMs = 86_400_000;

/** Something happened without what belongs to it. */
export const sequenceKind: Kind<'sequence'> = {
  initial: (condition) => ({
    kind: 'sequence',
    judgedFrom: 0,
    conditions: [],
    seenTs: 0,
    dueTs: 0,
    values: Object.fromEntries(metricsOf(condition).map((metric) => [metric, { ts: 0, value: false }])),
  }),
  wakes: () => ({ always: true }),
  metrics: metricsOf,
  memory(condition) {
    const reachMs = condition.withinMs + (condition.graceMs ?? 0) + (condition.quietMs ?? 0);
    // What permits it lies before it.
    const warmUpMs = condition.order === 'before' ? condition.withinMs : 0;
    const eventsMs = Math.max(reachMs, dayMs + warmUpMs);
    if (metricsOf(condition).length === 0) return { eventsMs, warmUpMs };
    // That a door has opened is told by what it was before, and a door may say so once a day.
    return { eventsMs, warmUpMs, readingsMs: reachMs + (isState(condition) ? 0 : dayMs) };
  },
  take: advanceSequence,
  tick: tickSequence,
  isEndless,
  goesOver: (old, next) => sayingOf(old) === sayingOf(next),
  conditionOf(rule, { subject }, state, open, scene) {
    if (open.subject !== '' && subject === undefined) return undefined;
    return sequenceFor(rule, state, open.subject, { deviceId: open.deviceId, ts: open.at }, scene);
  },
  endOf(condition, _, one, at, { sinceTs }) {
    const { endedTs, answers, raisedTs } = one as SequenceConditionState;
    const lastTs = at - waitOf(condition);
    if (endedTs > lastTs) return Math.max(endedTs, at);
    // Hours may have let it be told long after it happened.
    const ons = typeof sinceTs === 'number' ? [sinceTs, lastTs] : [lastTs];
    if (ons.every((onTs) => answers.some((ts) => permits(condition, ts, onTs)))) return at;
    const { quietMs } = condition;
    if (quietMs === undefined || raisedTs === 0) return undefined;
    const quietAt = raisedTs + waitOf(condition) + quietMs;
    // An earlier alarm, told late, has been quiet since: that says nothing of the one that stands.
    return quietAt < at ? undefined : quietAt;
  },
  endKnown: (_condition, _state, one) => forgetTold(one as SequenceConditionState),
  takeOver(condition, _, one, { at }) {
    const taken = one as SequenceConditionState;
    const ts = at - waitOf(condition);
    taken.ons.unshift({ ts, heardAt: 0, ripe: true, cause: {} });
    taken.raisedTs = Math.max(taken.raisedTs, ts);
  },
};

function metricsOf({ on, expect, clearOn = [] }: SequenceCondition): string[] {
  return metricsOfSignals([...on, ...expect, ...clearOn]);
}

/** One metric alone says what begins and what ends: each of its readings says how it is. */
function isState({ order, on, expect, clearOn = [] }: SequenceCondition): boolean {
  const signals = [...on, ...expect, ...clearOn];
  return order === 'after' && signals.every((one) => 'metric' in one) && metricsOfSignals(signals).length === 1;
}

/** What a memory is about: with other times it goes on, with other signals it means something else. */
const sayingOf = ({ on, expect, clearOn, order, subject }: SequenceCondition): string =>
  JSON.stringify([on, expect, clearOn, order, subject]);

/**
 * One input of a device. What holds in the end does not depend on the order in which things are told: unanswered is an `on`
 * that no `expect` of its time answers and that is not older than the newest end.
 */
function advanceSequence(
  rule: Rule,
  condition: SequenceCondition,
  state: SequenceState,
  input: DetectionInput,
  scene: Scene,
): void {
  state.seenTs = Math.max(state.seenTs, input.ts);
  // First of all: what this input proves to be due, or over, was so before it.
  ripenDue(rule, condition, state, input.deviceId, state.seenTs - 1, scene);
  if (condition.quietMs !== undefined) quieten(rule, condition, state, input, scene);
  const said = saidBy(input, state.values);
  const one = () => sequenceFor(rule, state, subjectOf(condition.subject, said.data), input, scene);
  const { deviceId, ts } = input;
  if (said.isOneOf(condition.expect)) {
    const cause = said.cause(condition.expect, condition.subject);
    if (condition.order === 'before') answer(rule, condition, one(), deviceId, ts, cause, scene);
    else end(rule, condition, one(), deviceId, ts, cause, scene);
  }
  if (condition.clearOn && said.isOneOf(condition.clearOn))
    end(rule, condition, one(), deviceId, ts, said.cause(condition.clearOn, condition.subject), scene);
  // A door that is found open may have been opened by right, and long ago; a bay that is found taken is taken since now at the latest.
  if (said.isOneOf(condition.on) && (!said.isFirst || isState(condition))) {
    const cause = said.cause(condition.on, condition.subject);
    if (condition.restarts && !said.isFirst) end(rule, condition, one(), deviceId, ts, cause, scene);
    begin(condition, state, one(), { ts, heardAt: input.receivedAt, ripe: false, cause });
  }
  ripenDue(rule, condition, state, deviceId, state.seenTs, scene);
  if (condition.quietMs !== undefined) quieten(rule, condition, state, input, scene);
}

/** Nothing more is heard: what was expected did not come in its time on our clock, while we listened. */
function tickSequence(rule: Rule, condition: SequenceCondition, state: SequenceState, tick: Tick, scene: Scene): void {
  const waitMs = waitOf(condition);
  if (state.dueTs !== 0) {
    for (const one of state.conditions)
      for (const on of one.ons)
        if (!on.ripe && tick.now - quietFrom(on.heardAt, tick.now, scene) >= waitMs)
          ripen(rule, condition, one, tick.deviceId, on.ts + waitMs, scene);
    state.dueTs = nextDue(condition, state);
  }
  const { quietMs } = condition;
  if (quietMs === undefined) return;
  for (const one of state.conditions)
    if (one.active && tick.now - quietFrom(one.heardAt, tick.now, scene) > waitMs + quietMs)
      endQuiet(rule, condition, quietMs, one, tick.deviceId, scene);
}

function ripenDue(
  rule: Rule,
  condition: SequenceCondition,
  state: SequenceState,
  deviceId: string,
  upTo: number,
  scene: Scene,
): void {
  if (state.dueTs === 0 || state.dueTs > upTo) return;
  for (const one of state.conditions) ripen(rule, condition, one, deviceId, upTo, scene);
  state.dueTs = nextDue(condition, state);
}

function quieten(
  rule: Rule,
  condition: SequenceCondition,
  state: SequenceState,
  { deviceId, receivedAt }: DetectionInput,
  scene: Scene,
): void {
  const { quietMs = 0 } = condition;
  const pastMs = waitOf(condition) + quietMs;
  for (const one of state.conditions) {
    if (!one.active || state.seenTs - one.raisedTs <= pastMs) continue;
    // What the device had to say while we did not listen may still be on its way.
    if (one.heardAt < scene.listeningSince && receivedAt - scene.listeningSince <= pastMs) continue;
    endQuiet(rule, condition, quietMs, one, deviceId, scene);
  }
}

/** When (device time) the next unanswered `on` is due; 0: there is none. */
function nextDue(condition: SequenceCondition, { conditions }: SequenceState): number {
  let first = Infinity;
  for (const { ons } of conditions) for (const { ts, ripe } of ons) if (!ripe && ts < first) first = ts;
  return first === Infinity ? 0 : first + waitOf(condition);
}
