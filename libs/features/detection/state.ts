import type { Rule } from '@sc/contracts';

type Cause = Record<string, unknown>;

/** What is common to the memory of one rule about one device. Plain JSON; 0 stands for "never". */
interface ConditionState {
  active: boolean;
  /** Device time of the last transition. */
  at: number;
  /** Of the last raise, while active. */
  cause: Cause | null;
}

export interface ThresholdState extends ConditionState {
  kind: 'threshold';
  /** Newest reading taken; an older or equal one changes nothing. */
  lastTs: number;
  /** Start of the running on- or off-delay. */
  since: number;
}

export interface SilenceState extends ConditionState {
  kind: 'silence';
  lastTs: number;
  /** When the newest reading or event reached us, by our clock. */
  heardAt: number;
}

/** Newest begin and newest end ever told, whatever the order they were told in. */
export interface EventState extends ConditionState {
  kind: 'event';
  raisedTs: number;
  clearedTs: number;
}

export interface HeldState extends ConditionState {
  kind: 'held';
}

export type RuleState = ThresholdState | SilenceState | EventState | HeldState;

export function initialState(rule: Rule): RuleState {
  const common = { active: false, at: 0, cause: null };
  switch (rule.condition.kind) {
    case 'threshold':
      return { kind: 'threshold', ...common, lastTs: 0, since: 0 };
    case 'silence':
      return { kind: 'silence', ...common, lastTs: 0, heardAt: 0 };
    case 'event':
      return { kind: 'event', ...common, raisedTs: 0, clearedTs: 0 };
    case 'held':
      return { kind: 'held', ...common };
  }
}
