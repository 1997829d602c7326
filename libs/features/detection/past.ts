import type { Rule } from '@sc/contracts';
import { kindOf } from './kinds/index.js';
import { plansOf } from './plan.js';
import { closedMs, eventReachOf, slackMs } from './reach.js';

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
    readingsMs: Math.max(readingsMs, learningMs) + closedMs(rule.activeHours) + slackMs,
    eventsMs: eventReachOf([rule]),
  };
}
