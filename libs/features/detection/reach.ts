import type { ActiveHours, Rule } from '@sc/contracts';
import { kindOf, metricsOf } from './kinds/index.js';

const dayMs = 86_400_000;
/** Clocks of devices that are off, and readings that came late. */
export const slackMs = 600_000;

/**
 * How far back (ms) readings of each metric can matter to what rules remember, if the newest of every series is known besides.
 *
 * What began earlier than a rule of its kind remembers has been told, and stands in PostgreSQL. A condition that hours hold back was told
 * to nobody: of those rules the time counts besides that they may stay closed.
 * Metrics that are not in the answer matter to no rule.
 */
export function reachOf(rules: readonly Rule[]): Map<string, number> {
  const reach = new Map<string, number>();
  for (const { enabled, condition, activeHours } of rules) {
    if (!enabled) continue;
    const { readingsMs = 0 } = kindOf(condition).memory(condition as never);
    const ownMs = readingsMs + closedMs(activeHours) + slackMs;
    for (const metric of metricsOf(condition)) reach.set(metric, Math.max(reach.get(metric) ?? 0, ownMs));
  }
  return reach;
}

/** How far back (ms) an event can still matter: a day at least, for what is told late. */
export const eventReachOf = (rules: readonly Rule[]): number =>
  Math.max(
    dayMs,
    ...rules.map(
      ({ condition, activeHours }) =>
        (kindOf(condition).memory(condition as never).eventsMs ?? 0) + closedMs(activeHours),
    ),
  );

const hourMs = 3_600_000;

/** For how long hours may stay closed, at most: the days on which clocks change are longer, and may have no such hours at all. */
export function closedMs(hours: ActiveHours | undefined): number {
  if (!hours) return 0;
  const periodMs = hours.days ? 7 * dayMs : dayMs;
  return (openMs(hours) > skippedMs ? periodMs : 2 * periodMs) + skippedMs;
}

/** No clock is put forward or back by more. */
const skippedMs = 2 * hourMs;

function openMs({ from, to }: ActiveHours): number {
  const ms = (time: string): number => Number(time.slice(0, 2)) * hourMs + Number(time.slice(3)) * 60_000;
  return (ms(to) - ms(from) + dayMs) % dayMs;
}

/** Since when (device time, ms) a rule judges what it is told of the past. */
export const judgedFromOf =
  ({ reach, eventsFrom, now }: { reach: ReadonlyMap<string, number>; eventsFrom: number; now: number }) =>
  ({ condition }: Rule): number => {
    const { eventsMs, warmUpMs = 0 } = kindOf(condition).memory(condition as never);
    const readFrom = metricsOf(condition).map((metric) => now - (reach.get(metric) ?? 0));
    return Math.max(...readFrom, ...(eventsMs === undefined ? [] : [eventsFrom])) + warmUpMs;
  };

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
