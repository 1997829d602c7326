import { defaultRetentionClass, type Metric, mostHistoryReadings, retentionDays } from '@sc/contracts';
import type { Span } from './span.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Multiples of the roll-ups that are kept, by the minute and by the hour. */
const widths = [1, 5, 15].map((n) => n * minute).concat([1, 3, 6, 24, 7 * 24].map((n) => n * hour));
/** A point for every pixel or two; more would be drawn over each other. */
const points = 750;
/** Of a device that nobody says how often it reports. */
const usualGap = minute;

export interface Resolution {
  /** Undefined: the readings themselves. */
  windowMs: number | undefined;
  /** What is read for it. */
  from: 'raw' | 'minute' | 'hour';
}

/** What the points are made of for a span as wide as this one: readings while they fit, then the narrowest windows that do. */
export function resolutionOf(span: Span, metric: Metric | undefined, now: number, tooMany = false): Resolution {
  const kept = retentionDays[metric?.retention ?? defaultRetentionClass];
  const age = now - span.from;
  const width = span.to - span.from;
  const expected = width / (metric?.usualGapMs ?? usualGap);
  // Words and switches have no mean: they are shown as they came, as long as they are kept.
  const fits = metric?.type === 'string' || expected <= (metric?.type === 'boolean' ? mostHistoryReadings : 2 * points);
  if (!tooMany && fits && age <= kept.raw * day) return { windowMs: undefined, from: 'raw' };
  const least = age > kept.minute * day ? hour : minute;
  const windowMs = widths.find((one) => one >= least && width / one <= points) ?? widths.at(-1)!;
  return { windowMs, from: windowMs < hour ? 'minute' : 'hour' };
}

/** Windows begin at multiples of their width, so what is asked for does, too: the same view is the same request. */
export function alignedTo({ from, to }: Span, windowMs: number | undefined): Span {
  const step = windowMs ?? 1000;
  return { from: Math.floor(from / step) * step, to: Math.ceil(to / step) * step };
}
