import type { Notification, Severity, StoredMessage } from '@sc/contracts';

/** What one person is told, by whatever tells them. */
export interface Notice {
  personId: string;
  /** What it is told of: once for each person. */
  eventId: string;
  kind: Notification['kind'];
  severity: Severity;
  about: { workOrderId: string | null; roundId: string | null };
  message: StoredMessage;
}
