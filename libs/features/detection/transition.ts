import type { Rule } from '@sc/contracts';
import type { RuleState } from './state.js';
import type { AlarmTransition } from './types.js';

/** Marks the condition as begun and says so. Times of one condition strictly grow, so that a repeated transition can be told from a new one. */
export function raise(
  rule: Rule,
  state: RuleState,
  deviceId: string,
  ts: number,
  cause: Record<string, unknown>,
  out: AlarmTransition[],
): void {
  state.active = true;
  state.at = Math.max(ts, state.at + 1);
  state.cause = cause;
  out.push({ kind: 'raise', deviceId, ruleId: rule.id, ruleVersion: rule.version, at: state.at, cause });
}

/** Marks the condition as over and says so. */
export function clear(
  rule: Rule,
  state: RuleState,
  deviceId: string,
  ts: number,
  cause: Record<string, unknown>,
  out: AlarmTransition[],
): void {
  state.active = false;
  state.at = Math.max(ts, state.at + 1);
  state.cause = null;
  out.push({ kind: 'clear', deviceId, ruleId: rule.id, ruleVersion: rule.version, at: state.at, cause });
}
