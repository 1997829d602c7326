import { createHash } from 'node:crypto';
import type { BridgeWord } from '@sc/features/telemetry';
import type { FrigateReview, reviewMessageSchema } from './payloads.js';
import type { z } from 'zod';

export type ReviewMessage = z.infer<typeof reviewMessageSchema>;
type EventWord = Extract<BridgeWord, { kind: 'event' }>;

const toMs = (seconds: number): number => Math.round(seconds * 1000);

/**
 * A review item as events of its camera: `review.started` at its start, `review.changed` when it is told, `review.ended` at
 * its end. The ids come from what is said, so a repetition is the same event. Times of one review never run backwards: an
 * end before a change would leave the alarm standing.
 * @param toldAt the latest time already told of this review; undefined when that is not known
 */
export function readReview(message: ReviewMessage, receivedAt: number, toldAt: number | undefined): EventWord[] {
  const { type, before, after } = message;
  const startedAt = toMs(after.start_time);
  const event = (step: string, name: string, ts: number, more: Record<string, unknown> = {}): EventWord => ({
    kind: 'event',
    externalId: after.camera,
    id: `review:${after.id}:${step}`,
    type: name,
    ts,
    data: { ...factsOf(after), ...more },
  });
  if (type === 'new') return [event('started', 'review.started', startedAt)];
  if (type === 'update') {
    const state = digest(after);
    if (before && digest(before) === state) return [];
    return [event(`changed:${state}`, 'review.changed', Math.max(startedAt, toldAt ?? startedAt, receivedAt - 1) + 1)];
  }
  if (type !== 'end') return [];
  const endedAt = toMs(after.end_time ?? receivedAt / 1000);
  // What was told before our start is not known; it was told before now.
  const ts = Math.max(endedAt, startedAt + 1, toldAt === undefined ? receivedAt : toldAt + 1);
  return [event('ended', 'review.ended', ts, { endedAt: new Date(endedAt).toISOString() })];
}

/** Without names: Frigate's sub labels are people who were recognised, so they are counted, not kept. */
function factsOf({ id, severity, thumb_path: thumb, data }: FrigateReview): Record<string, unknown> {
  return {
    reviewId: id,
    severity: severity ?? 'unknown',
    labels: [...new Set([...data.objects, ...data.audio])],
    zones: data.zones,
    subLabels: data.sub_labels,
    detections: data.detections,
    ...(thumb && thumbnailOf(thumb)),
  };
}

/** Only the name of the file: where Frigate keeps it is its own affair. */
function thumbnailOf(path: string): { thumbnail: string } | undefined {
  const name = /(?:^|\/)(thumb-[A-Za-z0-9._-]{1,160}\.(?:webp|jpg|png))$/.exec(path)?.[1];
  return name === undefined ? undefined : { thumbnail: name };
}

/** What a change is told by: the same content is the same change. */
export function digest({ severity, data }: FrigateReview): string {
  const sorted = [data.detections, data.objects, data.zones, data.audio].map((list) => [...list].sort());
  return createHash('sha256')
    .update(JSON.stringify([severity, ...sorted]))
    .digest('base64url')
    .slice(0, 22);
}
