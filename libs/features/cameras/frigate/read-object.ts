import type { BridgeWord } from '@sc/features/telemetry';
import type { ObjectMessage } from './payloads.js';

type EventWord = Extract<BridgeWord, { kind: 'event' }>;

/**
 * A tracked object as `camera.alert`: one for each zone it enters, or one without a zone where it is seen first outside all
 * zones; nothing while Frigate may still take it back as a false positive. Says nothing about severity: that is the
 * review's, and the same scene must not be two alarms.
 */
export function readObject({ type, before, after }: ObjectMessage, receivedAt: number): EventWord[] {
  if (!['new', 'update', 'end'].includes(type) || after.false_positive || after.label === undefined) return [];
  const isNew = type === 'new' || before?.false_positive === true;
  const known = new Set(isNew ? [] : (before ?? after).entered_zones);
  const zones: (string | undefined)[] = after.entered_zones.filter((zone) => !known.has(zone));
  if (isNew && zones.length === 0) zones.push(undefined);
  const ts = typeof after.frame_time === 'number' ? Math.round(after.frame_time * 1000) : receivedAt;
  const score = after.top_score ?? after.score;
  return zones.map((zone) => ({
    kind: 'event',
    externalId: after.camera,
    id: `object:${after.id}:${zone === undefined ? 'seen' : `zone:${Buffer.from(zone).toString('base64url').slice(0, 30)}`}`,
    type: 'camera.alert',
    ts,
    data: {
      objectId: after.id,
      label: after.label,
      ...(zone === undefined ? {} : { zone }),
      ...(typeof score === 'number' ? { score } : {}),
    },
  }));
}
