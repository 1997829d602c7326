export type Range = 'hour' | 'day' | 'week';
export const ranges: Range[] = ['hour', 'day', 'week'];
export const rangeMs: Record<Range, number> = { hour: 3_600_000, day: 86_400_000, week: 7 * 86_400_000 };

/** About 720 points however long the range is; an hour is short enough for the readings themselves. */
export const windowOf: Record<Range, number | undefined> = { hour: undefined, day: 120_000, week: 840_000 };

/** A peak must not vanish in an average: what a rule watches from above is drawn by its highest value. */
export function aggregateFor(directions: ('above' | 'below')[], isNumber: boolean): 'max' | 'min' | 'avg' | 'last' {
  if (!isNumber) return 'last';
  if (directions.includes('above')) return 'max';
  return directions.includes('below') ? 'min' : 'avg';
}
