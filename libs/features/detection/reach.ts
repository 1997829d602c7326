import type { Rule } from '@sc/contracts';

const dayMs = 86_400_000;
/** Clocks of devices that are off, and readings that came late. */
const slackMs = 600_000;

/**
 * How far back (ms) readings of each metric can matter to what rules remember, if the newest of every series is known besides.
 *
 * A delay that runs began at most `delay` before the newest reading; what began earlier has been told, and stands in
 * PostgreSQL. With twice the delay, a newest reading whose delay began before the reach is itself so old that the next one
 * ends the delay, whenever it began. A condition that hours hold back was told to nobody, so of those rules a day counts.
 * Metrics that are not in the answer matter to no rule.
 */
export function reachOf(rules: readonly Rule[]): Map<string, number> {
  const reach = new Map<string, number>();
  for (const { enabled, condition, activeHours } of rules) {
    if (!enabled) continue;
    const delayMs =
      condition.kind === 'threshold'
        ? Math.max(condition.onDelayMs, condition.offDelayMs)
        : condition.kind === 'held'
          ? condition.forMs
          : 0;
    const ownMs = Math.max(2 * delayMs, activeHours ? dayMs : 0) + slackMs;
    for (const metric of metricsOf(condition)) reach.set(metric, Math.max(reach.get(metric) ?? 0, ownMs));
  }
  return reach;
}

export function metricsOf(condition: Rule['condition']): string[] {
  if (condition.kind === 'threshold')
    return condition.of === undefined ? [condition.metric] : [condition.metric, condition.of];
  return condition.kind === 'held' && condition.metric !== undefined ? [condition.metric] : [];
}

/** A stretch of time in which readings of the same metrics are looked at. */
export interface Stretch {
  from: number;
  /** Exclusive. */
  to: number;
  metrics: string[];
}

/** The stretches up to `to`, one after the other: the further back, the fewer metrics. */
export function stretchesOf(reach: ReadonlyMap<string, number>, now: number, to: number): Stretch[] {
  const begins = [...new Set([...reach.values()].map((ms) => now - ms))].sort((a, b) => a - b);
  return begins.map((from, index) => ({
    from,
    to: begins[index + 1] ?? to,
    metrics: [...reach].filter(([, ms]) => now - ms <= from).map(([metric]) => metric),
  }));
}
