export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;

/** from ≤ ts < to, whole milliseconds. */
export interface Span {
  from: number;
  to: number;
}

/** What of a range is answered by which of the three: together they are the range, none twice. */
export interface RollUpSpans {
  hour: Span[];
  minute: Span[];
  raw: Span[];
}

/** A roll-up can answer where windows are multiples of it and it lies in the range as a whole; the edges come from what is finer. */
export function rollUpSpans({ from, to, windowMs }: { from: number; to: number; windowMs: number }): RollUpSpans {
  const whole = { from: wholeMs(from), to: wholeMs(to) };
  if (whole.from >= whole.to) return { hour: [], minute: [], raw: [] };
  const minutes = windowMs % MINUTE_MS === 0 ? inside(whole, MINUTE_MS) : undefined;
  if (!minutes) return { hour: [], minute: [], raw: [whole] };
  const hours = windowMs % HOUR_MS === 0 ? inside(minutes, HOUR_MS) : undefined;
  return {
    hour: hours ? [hours] : [],
    minute: hours ? around(minutes, hours) : [minutes],
    raw: around(whole, minutes),
  };
}

/** @throws RangeError */
export function wholeMs(ms: number): number {
  if (Number.isNaN(ms)) throw new RangeError('from and to must be numbers');
  const limit = Number.MAX_SAFE_INTEGER;
  return Math.ceil(Math.min(Math.max(ms, -limit), limit));
}

export function floorTo(ms: number, width: number): number {
  return Math.floor(ms / width) * width;
}

function inside({ from, to }: Span, width: number): Span | undefined {
  const span = { from: Math.ceil(from / width) * width, to: floorTo(to, width) };
  return span.from < span.to ? span : undefined;
}

function around(outer: Span, inner: Span): Span[] {
  return [
    { from: outer.from, to: inner.from },
    { from: inner.to, to: outer.to },
  ].filter(({ from, to }) => from < to);
}

/** What of the spans lies outside of the holes, and what inside. */
export function without(spans: readonly Span[], holes: readonly Span[]): { kept: Span[]; removed: Span[] } {
  let kept = [...spans];
  const removed: Span[] = [];
  for (const hole of holes) {
    kept = kept.flatMap((span) => {
      const inner = { from: Math.max(span.from, hole.from), to: Math.min(span.to, hole.to) };
      if (inner.from >= inner.to) return [span];
      removed.push(inner);
      return around(span, inner);
    });
  }
  return { kept, removed };
}
