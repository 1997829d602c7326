import { dayOf, instantOf, mondayOf, plusDays, wallMinute } from '../../../lib/site-day.js';

/** A stretch of time, epoch ms: from ≤ t < to. */
export interface Span {
  from: number;
  to: number;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Nothing is seen any closer: devices measure in seconds. */
export const narrowest = minute;
/** Ten years are as long as anything is kept; a chart of more shows nothing of any day. */
export const widest = 3_660 * day;

/** Back from now, or days of the site's calendar. */
export const presets = ['1h', '6h', '24h', '7d', '30d', '90d', 'today', 'yesterday', 'this-week'] as const;
export type Preset = (typeof presets)[number];

const backMs: Partial<Record<Preset, number>> = {
  '1h': hour,
  '6h': 6 * hour,
  '24h': day,
  '7d': 7 * day,
  '30d': 30 * day,
  '90d': 90 * day,
};

/** Whole days are those of the site: the day on which the clocks change has 23 or 25 hours. */
export function presetSpan(preset: Preset, now: number, timeZone: string): Span {
  const back = backMs[preset];
  if (back !== undefined) return { from: now - back, to: now };
  const today = dayOf(now, timeZone);
  const startOf = (of: string) => instantOf(of, '00:00', timeZone);
  if (preset === 'yesterday') return { from: startOf(plusDays(today, -1)), to: startOf(today) };
  const first = preset === 'today' ? today : mondayOf(today);
  return { from: startOf(first), to: Math.max(now, startOf(first) + narrowest) };
}

/** Whether it moves on by itself as time passes. */
export const isRolling = (preset: Preset): boolean => preset !== 'yesterday';

/**
 * As wide as may be and not beyond now: what would stick out is pushed back, so that the width stays what was asked for. Whole ms.
 */
export function fitted({ from, to }: Span, now: number): Span {
  const width = Math.round(Math.min(widest, Math.max(narrowest, to - from)));
  const middle = (from + to) / 2;
  const end = Math.min(Math.round(now), Math.round(middle + width / 2));
  return { from: end - width, to: end };
}

/** Narrower (`factor` < 1) or wider; the moment `at` stays where it is, as under the pointer. */
export function zoomed({ from, to }: Span, factor: number, at: number, now: number): Span {
  const width = Math.min(widest, Math.max(narrowest, (to - from) * factor));
  const share = to > from ? (at - from) / (to - from) : 0.5;
  return fitted({ from: at - width * share, to: at + width * (1 - share) }, now);
}

/** To the side by a share of its width; positive is later. */
export function panned({ from, to }: Span, share: number, now: number): Span {
  const by = (to - from) * share;
  return fitted({ from: from + by, to: to + by }, now);
}

/** The moment at a place of the plot, 0 its left edge and 1 its right one. */
export const momentAt = ({ from, to }: Span, place: number): number =>
  from + (to - from) * Math.min(1, Math.max(0, place));

/** What was drawn with the pointer, in whichever direction. */
export function picked(span: Span, begun: number, ended: number, now: number): Span {
  const [a, b] = [momentAt(span, begun), momentAt(span, ended)];
  return fitted({ from: Math.min(a, b), to: Math.max(a, b) }, now);
}

/**
 * How much earlier `daysBack` days before are, ms: the site's clock shows the same time at the beginning, also where its clocks changed
 * in between; a time that a change leaves out is the one after it. 0 days: the same time.
 */
export function shiftMs({ from }: Span, daysBack: number, timeZone: string): number {
  if (daysBack === 0) return 0;
  const [today = '', time = ''] = wallMinute(from, timeZone).split('T');
  // Zones differ by whole minutes, so what is less stands beside the clock.
  return from - (instantOf(plusDays(today, -daysBack), time, timeZone) + (from % minute));
}
