import type { PaceState } from './kinds/pace.js';
import type { TrendPart } from './kinds/trend.js';
import type { Level } from './types.js';

type Cause = Record<string, unknown>;

/** What transitions said of what stands: while hours keep back what begins anew, that may be of another cause and another level. */
export interface Told {
  /** Device time of the begin. */
  raisedAt: number;
  /** Of the begin or the last rise. */
  cause: Cause;
  level: Level | null;
}

/** What is common to the memory of every condition. Plain JSON; 0 stands for "never". */
export interface ConditionState {
  subject: string;
  /** The condition holds. */
  active: boolean;
  /** It holds and was told, last as this: an alarm stands for it. Without hours never `null` while `active`. */
  told: Told | null;
  /** Device time of a begin outside the rule's hours that is told when they begin. */
  heldBack: number;
  /** Device time of the last transition told. */
  at: number;
  /** Of the last begin or rise, while active. */
  cause: Cause | null;
  level: Level | null;
}

/** Of kinds that look at more than the newest. */
interface Warming {
  /** While the past is told after a start: what is older is remembered and begins nothing, as not all is known that was before it. */
  judgedFrom: number;
}

export interface ThresholdState extends ConditionState {
  kind: 'threshold';
  /** Newest reading taken; an older or equal one changes nothing. */
  lastTs: number;
  /** Start of the running on- or off-delay. */
  since: number;
  /** Readings beyond the level since then. */
  row: number;
  /** Only of a level that is a share of another metric. */
  ratio: RatioState | null;
}

/** The newest value, and the two newest of what it is a share of: a value may come after a newer divisor. */
export interface RatioState {
  value: { ts: number; value: number } | null;
  divisors: { ts: number; value: number }[];
}

export interface SilenceState extends ConditionState {
  kind: 'silence';
  lastTs: number;
  /** When the newest reading or event reached us, by our clock. */
  heardAt: number;
}

/** Of one subject: newest begin and newest end ever told, whatever the order they were told in. */
export interface EventConditionState extends ConditionState {
  /** Begin of the condition that holds. */
  beganTs: number;
  raisedTs: number;
  clearedTs: number;
  /** When the newest begin reached us, by our clock. */
  heardAt: number;
}

/** One condition, or one for each subject; at most `mostSubjects`. */
export interface EventState extends Warming {
  kind: 'event';
  conditions: EventConditionState[];
  /** Newest `ts` of the device; only of rules that count quiet. */
  seenTs: number;
}

export interface HeldState extends ConditionState, Warming {
  kind: 'held';
  /** Since when the state is known to last; 0: it does not. */
  since: number;
  /** Newest begin of it: readings repeat it. */
  newestTs: number;
  endedTs: number;
  /** Newest `ts` of the device. */
  seenTs: number;
  /** When `since` reached us, by our clock. */
  heardAt: number;
}

export interface RateState extends ConditionState, PaceState, Warming {
  kind: 'rate';
  /** Start of the running on- or off-delay. */
  since: number;
}

export interface StuckState extends ConditionState, Warming {
  kind: 'stuck';
  lastTs: number;
  lastValue: number;
  /** Least and greatest value of each slice of device time since the last hole, oldest first. */
  slices: { from: number; low: number; high: number }[];
}

/** An `on` that nothing has answered. */
export interface OnState {
  ts: number;
  /** When it reached us, by our clock. */
  heardAt: number;
  /** Its time is over: it was told. */
  ripe: boolean;
  cause: Cause;
}

export interface SequenceConditionState extends ConditionState {
  /** Oldest first. */
  ons: OnState[];
  /** Of order `before`: when the newest ones that permit were, newest first. */
  answers: number[];
  /** Newest end: no older `on` counts. */
  endedTs: number;
  /** Newest `on` that was told, and when it reached us. */
  raisedTs: number;
  heardAt: number;
}

/** One condition, or one for each subject; at most `mostSequences`. */
export interface SequenceState extends Warming {
  kind: 'sequence';
  conditions: SequenceConditionState[];
  /** Newest `ts` of the device. */
  seenTs: number;
  /** When (device time) the next unanswered `on` is due; 0: there is none. */
  dueTs: number;
  /** Newest reading of each metric that is a signal. */
  values: Record<string, { ts: number; value: boolean }>;
}

/** A group remembers nothing of one device: its members do, and its place (groups/). */
export interface GroupRuleState extends ConditionState {
  kind: 'group';
}

export interface ForecastState extends ConditionState, Warming {
  kind: 'forecast';
  lastTs: number;
  /** Newest value taken, or its share. */
  lastValue: number;
  /** When the level was last reached; 0: not since the pace led elsewhere. */
  reachedTs: number;
  /** Of the window, oldest first. */
  parts: TrendPart[];
  /** Only of a level that is a share of another metric. */
  ratio: RatioState | null;
}

export interface BaselineState extends ConditionState {
  kind: 'baseline';
  lastTs: number;
  /** First reading taken: from there it learns. */
  firstTs: number;
  /** Start of the running on- or off-delay. */
  since: number;
  /** What baseline/ remembers of the series; a copy of it goes on exactly where it was made. */
  learned: Float64Array;
}

export type RuleState = (
  | GroupRuleState
  | ThresholdState
  | SilenceState
  | EventState
  | HeldState
  | RateState
  | StuckState
  | SequenceState
  | ForecastState
  | BaselineState
) & {
  /** Only of rules with hours: how far the device's time lay behind ours at its newest input. */
  lag?: { ts: number; ms: number };
};

export const newCondition = (subject = ''): ConditionState => ({
  subject,
  active: false,
  told: null,
  heldBack: 0,
  at: 0,
  cause: null,
  level: null,
});

/** Every condition that a rule remembers of a device. */
export const conditionsOf = (state: RuleState): readonly ConditionState[] =>
  'conditions' in state ? state.conditions : [state];
