/** From (inclusive) to (exclusive), in ms. */
interface Span {
  from: number;
  to: number;
}
export interface HandoverShift extends Span {
  planned: boolean;
}

const hourMs = 3_600_000;
/** Whoever stayed to write it down belongs to the shift that has ended. */
const graceMs = 2 * hourMs;
/** A site without a plan: at most so much is told of, and so much when nothing was ever handed over. */
const longestMs = 24 * hourMs;
const usualMs = 8 * hourMs;

/** The shift of the plan that somebody is on at a moment, or that ended a little before. */
export function plannedShift(spans: readonly Span[], now: number): Span | undefined {
  const on = spans.filter(({ from, to }) => from <= now && now < to).toSorted((a, b) => b.to - a.to)[0];
  if (on) return on;
  return spans.filter(({ to }) => to <= now && now - to < graceMs).toSorted((a, b) => b.to - a.to)[0];
}

/** The time a hand-over tells of. @param handedOverAt when the desk was handed over last */
export function shiftOf(spans: readonly Span[], handedOverAt: number | undefined, now: number): HandoverShift {
  const planned = plannedShift(spans, now);
  if (planned) return { ...planned, planned: true };
  const since = handedOverAt !== undefined && handedOverAt < now ? handedOverAt : now - usualMs;
  return { from: Math.max(since, now - longestMs), to: now, planned: false };
}
