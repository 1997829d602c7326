import type { Transaction } from '@sc/platform/database';
import type { DeviceEvent } from './device-event.js';

/** Injection token of the {@link EventFollower}; absent where nobody follows. */
export const EVENT_FOLLOWER = Symbol('EventFollower');

/** Somebody whom events of devices concern, told in the transaction that stores them (P5). */
export interface EventFollower {
  /** May be told an event again: what it writes carries the event's identity. */
  follow(transaction: Transaction, events: readonly DeviceEvent[]): Promise<void>;
}
