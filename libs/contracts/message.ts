import type { Text } from './text.js';

/** What somebody is told outside the app, as the delivery log keeps it: facts of a case and its place, never names of people. */
export interface StoredMessage {
  /** `work-order-assigned`, `alarm-raised`, `summary`, `test`. */
  kind: string;
  title: Text;
  body: Text;
  /** Page of the console, from the root of the site. */
  path: string | null;
  /** Of a summary: how many it stands for. */
  count?: number;
}
