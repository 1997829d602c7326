import type { History } from '@sc/contracts';

/** A point of a chart: of a reading all three values are the same. */
export interface Point {
  at: number;
  mean: number;
  low: number;
  high: number;
}

/** Of what was answered, what can be drawn; moved on by `shift` so that earlier days lie over later ones. */
export function pointsOf({ windows, readings }: History, shift: number): Point[] {
  const drawn = readings.flatMap(([at, value]): Point[] => {
    const number = typeof value === 'boolean' ? Number(value) : value;
    return typeof number === 'number' ? [{ at: at + shift, mean: number, low: number, high: number }] : [];
  });
  return [...windows.map(([at, mean, low, high]) => ({ at: at + shift, mean, low, high })), ...drawn];
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/**
 * Beyond it nothing was heard for so long that a line across would be made up: three times the usual distance of this series,
 * and at least three windows.
 */
export function gapOf(points: readonly Point[], windowMs: number | undefined): number {
  const distances = points.slice(1).map(({ at }, index) => at - points[index]!.at);
  return 3 * Math.max(windowMs ?? 0, median(distances), 1000);
}

/** With a hole wherever the distance is larger than `gap`. */
export function withGaps(points: readonly Point[], gap: number): (Point | { at: number; hole: true })[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    return before && point.at - before.at > gap ? [{ at: before.at + 1, hole: true as const }, point] : [point];
  });
}

/** How many gaps there are and how long they are together; also what is missing at the beginning and at the end. */
export function missing(
  points: readonly Point[],
  gap: number,
  { from, to }: { from: number; to: number },
): { count: number; ms: number } {
  const moments = [from, ...points.map(({ at }) => at), to];
  const gaps = moments.slice(1).flatMap((at, index) => (at - moments[index]! > gap ? [at - moments[index]!] : []));
  return { count: gaps.length, ms: gaps.reduce((sum, ms) => sum + ms, 0) };
}
