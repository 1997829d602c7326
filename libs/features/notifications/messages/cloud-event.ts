import type { StoredEvent } from '@sc/contracts';

/** A CloudEvents 1.0 event in structured JSON mode. */
export const toCloudEvent = (event: StoredEvent, source: string) => ({
  specversion: '1.0',
  id: event.id,
  source,
  type: `smart-community.${event.type}`,
  subject: event.subjectId,
  time: event.occurredAt,
  datacontenttype: 'application/json',
  data: event.payload,
});
