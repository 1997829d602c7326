import { type Position, polygonsOf, type Shape } from '@sc/contracts';
import { isInside } from './rings.js';

/** About ten metres: neighbours are drawn along one line by hand, and nobody wants to be told of a hair's breadth. */
const tolerance = 1e-4;

/** Whether a corner lies in a shape or as good as on its border. */
export const isWithin = (corner: Position, shape: Shape): boolean =>
  isInside(corner, shape) ||
  polygonsOf(shape).some((rings) =>
    rings.some((ring) => ring.some((b, i) => i > 0 && distance(corner, ring[i - 1]!, b) <= tolerance)),
  );

/** From a point to a stretch, in degrees. */
function distance([x, y]: Position, [ax, ay]: Position, [bx, by]: Position): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length)) : 0;
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}
