import type { HourCount } from '@sc/contracts';

/** Seven days from Monday with twenty-four hours each. */
export function gridOf(counts: readonly HourCount[]): number[][] {
  const grid = Array.from({ length: 7 }, () => Array<number>(24).fill(0));
  for (const { weekday, hour, count } of counts) grid[weekday - 1]![hour] = count;
  return grid;
}

/** Five shades; none for nothing, so that one case in a quiet week is still seen. */
export const shadeOf = (count: number, most: number): number => (count === 0 ? 0 : Math.ceil((count / most) * 5));
