import { type Position, polygonsOf, type Rings, type Shape } from '@sc/contracts';

/** Twice the signed area: positive when the ring runs anticlockwise. Relative to its first corner, so that small rings far from zero keep their digits. */
export function doubleArea(ring: readonly Position[]): number {
  const [x0, y0] = ring[0] ?? [0, 0];
  let sum = 0;
  for (let i = 1; i < ring.length; i += 1) {
    const [ax, ay] = ring[i - 1]!;
    const [bx, by] = ring[i]!;
    sum += (ax - x0) * (by - y0) - (bx - x0) * (ay - y0);
  }
  return sum;
}

/** Where a shape balances on a needle; holes weigh nothing. Of a shape without any area: the middle of its corners. */
export function centreOf(shape: Shape): Position {
  const [x0, y0] = polygonsOf(shape)[0]![0]![0]!;
  let [weight, x, y] = [0, 0, 0];
  for (const [outer, ...holes] of polygonsOf(shape)) {
    add(outer!, 1);
    for (const hole of holes) add(hole, -1);
  }
  if (weight) return [x0 + x / (3 * weight), y0 + y / (3 * weight)];
  const corners = polygonsOf(shape).flatMap(([outer]) => outer!.slice(1));
  const mean = (axis: 0 | 1) => corners.reduce((sum, corner) => sum + corner[axis], 0) / corners.length;
  return [mean(0), mean(1)];

  function add(ring: readonly Position[], sign: 1 | -1): void {
    const turn = sign * Math.sign(doubleArea(ring));
    for (let i = 1; i < ring.length; i += 1) {
      const [ax, ay] = [ring[i - 1]![0] - x0, ring[i - 1]![1] - y0];
      const [bx, by] = [ring[i]![0] - x0, ring[i]![1] - y0];
      const cross = turn * (ax * by - bx * ay);
      weight += cross;
      x += (ax + bx) * cross;
      y += (ay + by) * cross;
    }
  }
}

/** Whether a point lies in a shape; in a hole it does not. On the border either answer may come, the same for the same point. */
export function isInside([x, y]: Position, shape: Shape): boolean {
  return polygonsOf(shape).some((rings: Rings) => rings.filter((ring) => ringHolds(ring)).length % 2 === 1);

  function ringHolds(ring: readonly Position[]): boolean {
    let inside = false;
    for (let i = 1; i < ring.length; i += 1) {
      const [ax, ay] = ring[i - 1]!;
      const [bx, by] = ring[i]!;
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
    return inside;
  }
}
