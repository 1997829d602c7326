import type { Shift } from '@sc/contracts';

export const fixedRanges = ['day', 'week', 'month'] as const;
type FixedRange = (typeof fixedRanges)[number];
const dayMs = 86_400_000;
const lengths: Record<FixedRange, number> = { day: dayMs, week: 7 * dayMs, month: 30 * dayMs };

export interface Range {
  from: number;
  to: number;
}

/** Shifts as the control room names them: times of the plan, whoever is on them; newest first, none that is still to come. */
export function shiftTimes(shifts: readonly Shift[], now: number): Range[] {
  const times = new Map<string, Range>();
  for (const { startsAt, endsAt } of shifts)
    times.set(`${startsAt} ${endsAt}`, { from: Date.parse(startsAt), to: Date.parse(endsAt) });
  return [...times.values()].filter(({ from }) => from < now).toSorted((a, b) => b.from - a.from || b.to - a.to);
}

export const keyOfShift = ({ from, to }: Range): string => `shift:${from}:${to}`;

/** What a choice means; a shift that is under way goes up to now. @returns `undefined` for `custom` */
export function rangeOf(choice: string, now: number): Range | undefined {
  const fixed = fixedRanges.find((name) => name === choice);
  if (fixed) return { from: now - lengths[fixed], to: now };
  const [, from, to] = /^shift:(\d+):(\d+)$/.exec(choice) ?? [];
  return from && to ? { from: Number(from), to: Math.min(Number(to), now) } : undefined;
}

/** A bar for each ten minutes as long as they can be told apart, else for each hour. */
export const stepOf = (buckets: number): 'ten' | 'hour' => (buckets > 200 ? 'hour' : 'ten');

/** Buckets of ten minutes as bars: sums of six for an hour. */
export function barsOf<T extends { at: string; alarms: number; flood: boolean }>(
  buckets: readonly T[],
): { at: number; alarms: number; flood: boolean }[] {
  const size = stepOf(buckets.length) === 'hour' ? 6 : 1;
  const bars = [];
  for (let start = 0; start < buckets.length; start += size) {
    const part = buckets.slice(start, start + size);
    bars.push({
      at: Date.parse(part[0]!.at),
      alarms: part.reduce((sum, { alarms }) => sum + alarms, 0),
      flood: part.some(({ flood }) => flood),
    });
  }
  return bars;
}
