import type { StoredEvent } from '@sc/contracts';
import type { ChannelMessage } from '@sc/platform/channels';
import { toCloudEvent } from './cloud-event.js';

/** An event for programs: they read the fact, nobody reads a text. */
export function eventMessage(event: StoredEvent, source: string | undefined): ChannelMessage {
  const title = { 'zh-CN': event.type, en: event.type };
  return {
    key: event.id,
    kind: event.type,
    severity: 'severity' in event.payload ? event.payload.severity : 'unknown',
    title,
    body: title,
    link: null,
    path: null,
    expiresAt: Number.MAX_SAFE_INTEGER,
    event: toCloudEvent(event, source ?? '/smart-community'),
  };
}
