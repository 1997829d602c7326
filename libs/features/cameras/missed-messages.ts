import type { FrigateReview } from './frigate/payloads.js';
import { digest } from './frigate/read-review.js';
import type { KnownReview } from './known-reviews.js';

/** A message as Frigate would have sent it, and when (ms). */
export interface MissedMessage {
  type: 'new' | 'update' | 'end';
  after: FrigateReview;
  at: number;
}

/**
 * What of a review was not told, in order: its begin, its present state, its end. Times are those it had, but never before
 * what was told already, or an end would not end what rose after it.
 */
export function missedOf(review: FrigateReview, known: KnownReview | undefined, now: number): MissedMessage[] {
  const key = `i:review:${review.id}:`;
  const ended = review.end_time ?? undefined;
  const endedAt = ended === undefined ? undefined : Math.max(Math.round(ended * 1000), (known?.toldAt ?? 0) + 2);
  const running = { ...review, end_time: null };
  const messages: MissedMessage[] = [];
  if (!known?.keys.has(`${key}started`)) messages.push({ type: 'new', after: running, at: now });
  else if (
    !known.ended &&
    known.severity !== (review.severity ?? 'unknown') &&
    !known.keys.has(`${key}changed:${digest(review)}`)
  )
    messages.push({ type: 'update', after: running, at: endedAt === undefined ? now : Math.min(now, endedAt - 1) });
  if (endedAt !== undefined && !known?.ended)
    messages.push({ type: 'end', after: { ...review, end_time: endedAt / 1000 }, at: endedAt });
  return messages;
}
