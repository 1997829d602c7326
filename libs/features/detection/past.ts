import type { Rule } from '@sc/contracts';
import { kindOf } from './kinds/index.js';
import { eventReachOf, slackMs } from './reach.js';

/** What a rule has to be told of the past so that it judges a range as if it had always been there. */
export interface Past {
  /** Metrics it looks at; `undefined`: every reading of its devices is a sign of life. */
  metrics: readonly string[] | undefined;
  /** How far before the range (ms of device time). */
  readingsMs: number;
  eventsMs: number;
}

export function pastOf(rule: Rule): Past {
  const kind = kindOf(rule.condition);
  const { readingsMs = 0 } = kind.memory(rule.condition as never);
  return {
    metrics: kind.wakes(rule.condition as never).always ? undefined : kind.metrics(rule.condition as never),
    // What hours hold back may have begun at any time of the day before.
    readingsMs: Math.max(readingsMs, rule.activeHours ? 86_400_000 : 0) + slackMs,
    eventsMs: eventReachOf([rule]),
  };
}
