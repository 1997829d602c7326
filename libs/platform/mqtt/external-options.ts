import type { Clock } from '@sc/platform/clock';
import type { Logger } from '@sc/platform/logging';
import { type BrokerLimits, defaultLimits } from './options.js';

/** Messages of other systems on topics of their own, such as `frigate/#`. */
export interface ForeignTopics {
  /** What is wanted now; after a change call `ExternalBroker.reviewSubscriptions`. */
  filters: () => readonly string[];
  /** Whose message it is; one of nobody is acknowledged and left out. */
  ownerOf: (topic: string) => string | undefined;
}

export type ExternalLimits = Pick<
  BrokerLimits,
  | 'maxPayloadBytes'
  | 'keptPayloadBytes'
  | 'maxPacketBytes'
  | 'maxPendingBytes'
  | 'maxBatchMessages'
  | 'maxBatchBytes'
  | 'stopTimeoutMs'
> & {
  /**
   * Unacknowledged messages that the broker may have on the way to us, for each connection: what the batches under way can
   * hold, and one to be filled. Fewer leave us waiting for the broker, more only wait here instead of there.
   */
  receiveMaximum: number;
  keepaliveSeconds: number;
  /** From opening the socket to the broker's answer. */
  connectTimeoutMs: number;
  firstRetryMs: number;
  lastRetryMs: number;
};

export const defaultExternalLimits: ExternalLimits = {
  ...defaultLimits,
  receiveMaximum: 8000,
  // a frozen broker is noticed after one and a half of it
  keepaliveSeconds: 15,
  connectTimeoutMs: 10_000,
  firstRetryMs: 500,
  lastRetryMs: 10_000,
};

export interface ExternalBrokerOptions {
  /** `mqtt://user:password@host:1883` or `mqtts://…`. Its password goes nowhere but to the broker. */
  url: string;
  /** Whose devices are listened to; those of life safety have a connection of their own. */
  domains: readonly { name: string; lifeSafety: boolean }[];
  foreignTopics?: ForeignTopics;
  clock: Clock;
  logger: Logger;
  limits?: Partial<ExternalLimits>;
}
