const [left, told] = [0, 1] as const;
/** Numbers that `news` keeps at `at`. */
export const newsSize = 2;

/** Readings in which what was told is no news. */
const holdReadings = 150;
/** Fewer decades than this start no such time. */
const leastDecades = 4;
/** Unless it is so much stranger. */
const stranger = 1.5;

/** The first moment of something strange is news; its continuation and its echo are not, but what is far stranger still is. */
export function news(m: Float64Array, at: number, decades: number): number {
  const isHeld = m[at + left]! > 0;
  if (isHeld) m[at + left]!--;
  if (decades <= (isHeld ? stranger * m[at + told]! : leastDecades)) return isHeld ? 0 : decades;
  m[at + told] = decades;
  if (!isHeld) m[at + left] = holdReadings;
  return decades;
}
