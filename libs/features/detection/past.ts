import type { Condition, Rule } from '@sc/contracts';
import { adopt, takeUp } from './adopt.js';
import type { Detector } from './detector.js';
import { judgedRules } from './groups/member-rules.js';
import { kindOf, metricsOf } from './kinds/index.js';
import { plansOf } from './plan.js';
import { closedMs, eventReachOf, judgedFromOf, slackMs } from './reach.js';
import type { AlarmTransition, OpenCondition } from './types.js';

type Standing = OpenCondition & { domain: string };

/** What a rule has to be told of the past so that it judges a range as if it had always been there. */
export interface Past {
  /** Of the devices it looks at: its own, and those of members of a group. */
  domains: readonly string[];
  /** Metrics it looks at; `undefined`: every reading of its devices, as a sign of life or of time. */
  metrics: readonly string[] | undefined;
  /** How far before the range (ms of device time). */
  readingsMs: number;
  eventsMs: number;
}

export function pastOf(rule: Rule): Past {
  const plans = plansOf([{ ...rule, enabled: true }]);
  const needsAll = [...plans.values()].some(({ always }) => always.length > 0);
  const metrics = [...plans.values()].flatMap((plan) => [...plan.metrics.keys()]);
  const { readingsMs = 0, learningMs = 0 } = kindOf(rule.condition).memory(rule.condition as never);
  return {
    domains: [...new Set([rule.domain, ...plans.keys()])],
    metrics: needsAll ? undefined : [...new Set(metrics)],
    readingsMs: Math.max(readingsMs, learningMs) + gapMs(rule.condition) + closedMs(rule.activeHours) + slackMs,
    eventsMs: eventReachOf([rule]),
  };
}

/** Of a device that has reported nothing for so long the newest reading before matters no more. */
const gapMs = (condition: Condition): number =>
  condition.kind === 'group'
    ? Math.max(...condition.members.map((member) => gapMs(member.condition)))
    : 'maxGapMs' in condition
      ? condition.maxGapMs
      : 0;

/**
 * From now on what was before `from` is told, as at a start: each memory judges when it is whole, and what stood at `from` (of this very
 * condition) holds while it is told. Until {@link beginRange}.
 */
export function retellPast(detector: Detector, rule: Rule, from: number, standing: readonly Standing[]): void {
  const past = pastOf(rule);
  const rules = [rule];
  const metrics = judgedRules(rules).flatMap(({ condition }) => metricsOf(condition));
  const reach = new Map(metrics.map((metric) => [metric, past.readingsMs]));
  detector.retelling(judgedFromOf({ reach, eventsFrom: from - past.eventsMs, now: from }));
  takeUp(detector, rules, standing);
}

/** @returns what holds when the range begins, as the transitions that began it */
export function beginRange(detector: Detector, standing: readonly Standing[]): AlarmTransition[] {
  detector.retelling();
  adopt(detector, standing);
  return detector.activeConditions();
}

/** Only a person ends what it raises: that it began says not that it still stands. */
export const isEndless = ({ condition }: Rule): boolean => kindOf(condition).isEndless?.(condition as never) ?? false;
