import type { Rule, SequenceCondition } from '@sc/contracts';
import type { Scene } from '../scene.js';
import type { OnState, SequenceConditionState, SequenceState } from '../state.js';
import { clear, raise } from '../transition.js';

type Cause = Record<string, unknown>;

/** Unanswered begins of one subject: the oldest says since when, the newest whether an end is newer. */
const mostOns = 8;
/** A busy entrance lets sixteen people in before a door contact is heard. */
const mostAnswers = 16;

/** How long an answer is waited for after an `on`. */
export const waitOf = ({ order, withinMs, graceMs = 0 }: SequenceCondition): number =>
  order === 'before' ? graceMs : withinMs;

/** Only a person ends it. */
export const isEndless = ({ order, clearOn, quietMs }: SequenceCondition): boolean =>
  order === 'before' && clearOn === undefined && quietMs === undefined;

/** An `on`, unless it is answered or over already. */
export function begin(
  condition: SequenceCondition,
  state: SequenceState,
  one: SequenceConditionState,
  on: OnState,
): void {
  const { ts } = on;
  if (ts < state.judgedFrom || ts < one.endedTs || one.ons.some((known) => known.ts === ts)) return;
  if (condition.order === 'before') {
    if (one.answers.some((at) => permits(condition, at, ts))) return;
    // So late that what permitted it may be forgotten.
    const oldest = one.answers.at(-1);
    if (one.answers.length >= mostAnswers && oldest !== undefined && ts < oldest) return;
  }
  one.ons.push(on);
  one.ons.sort((a, b) => a.ts - b.ts);
  if (one.ons.length > mostOns) one.ons.splice(1, 1);
  const dueTs = ts + waitOf(condition);
  if (state.dueTs === 0 || dueTs < state.dueTs) state.dueTs = dueTs;
}

/** Of order `before`: what permits. Told late, it takes back what was raised without it. */
export function answer(
  rule: Rule,
  condition: SequenceCondition,
  one: SequenceConditionState,
  deviceId: string,
  ts: number,
  cause: Cause,
  scene: Scene,
): void {
  if (!one.answers.includes(ts)) {
    one.answers.push(ts);
    one.answers.sort((a, b) => b - a);
    one.answers.length = Math.min(one.answers.length, mostAnswers);
  }
  one.ons = one.ons.filter((on) => !permits(condition, ts, on.ts));
  const { order } = condition;
  if (one.active && !one.ons.some(({ ripe }) => ripe))
    clear(rule, one, deviceId, ts, { ...cause, kind: 'sequence', order, answeredTs: ts }, scene);
}

/** What began before `ts` is over: told first, if it was due by then. */
export function end(
  rule: Rule,
  condition: SequenceCondition,
  one: SequenceConditionState,
  deviceId: string,
  ts: number,
  cause: Cause,
  scene: Scene,
): void {
  if (ts <= one.endedTs) return;
  ripen(rule, condition, one, deviceId, ts, scene);
  one.endedTs = ts;
  one.ons = one.ons.filter((on) => on.ts >= ts);
  const { order } = condition;
  if (one.active && !one.ons.some(({ ripe }) => ripe))
    clear(rule, one, deviceId, ts, { ...cause, kind: 'sequence', order, answeredTs: ts }, scene);
}

/** Device time came to `upTo`: what is due by then was not answered. What only a person ends is told each time anew. */
export function ripen(
  rule: Rule,
  condition: SequenceCondition,
  one: SequenceConditionState,
  deviceId: string,
  upTo: number,
  scene: Scene,
): void {
  const { order, withinMs, quietMs } = condition;
  for (const on of one.ons) {
    const dueTs = on.ts + waitOf(condition);
    if (on.ripe || dueTs > upTo) continue;
    on.ripe = true;
    if (one.active && quietMs !== undefined && dueTs > overTsOf(condition, one, quietMs))
      endQuiet(rule, condition, quietMs, one, deviceId, scene);
    if (on.ts >= one.raisedTs) [one.raisedTs, one.heardAt] = [on.ts, on.heardAt];
    if (one.active && !isEndless(condition)) continue;
    const [missing] = condition.expect;
    const cause = { ...on.cause, kind: 'sequence', order, sinceTs: on.ts, withinMs, missing };
    raise(rule, one, deviceId, dueTs, cause, scene);
  }
}

/** No further `on` for so long. One that is told once more later changes nothing. */
export function endQuiet(
  rule: Rule,
  condition: SequenceCondition,
  quietMs: number,
  one: SequenceConditionState,
  deviceId: string,
  scene: Scene,
): void {
  const { raisedTs } = one;
  forgetTold(one);
  clear(rule, one, deviceId, overTsOf(condition, one, quietMs), { kind: 'quiet', lastTs: raisedTs, quietMs }, scene);
}

/** What was told is over by itself; told once more it begins nothing. */
export function forgetTold(one: SequenceConditionState): void {
  const { raisedTs } = one;
  one.endedTs = Math.max(one.endedTs, raisedTs + 1);
  one.ons = one.ons.filter(({ ts }) => ts > raisedTs);
}

const overTsOf = (condition: SequenceCondition, { raisedTs }: SequenceConditionState, quietMs: number): number =>
  raisedTs + waitOf(condition) + quietMs;

/** Of order `before`: whether what happened at `at` permits the `on` of `onTs`. */
export const permits = ({ withinMs, graceMs = 0 }: SequenceCondition, at: number, onTs: number): boolean =>
  at >= onTs - withinMs && at <= onTs + graceMs;
