import type { RejectReason } from '@sc/contracts';

/** What a message of a bridge says, in words about the devices registered under it. */
export type BridgeWord =
  /** An event of one device. `id` makes it the same event whenever it is told again. */
  | { kind: 'event'; externalId: string; id: string; type: string; ts: number; data: Record<string, unknown> }
  /** The bridge itself comes or goes, and with it everything under it: at once if somebody stopped it, else after a while. */
  | { kind: 'bridge'; state: 'online' | 'offline' | 'stopped' }
  /** A part of one device works or does not; a device is online while all parts that were told of work. */
  | { kind: 'part'; externalId: string; part: string; works: boolean };

/** The language of one kind of bridge. Never throws for anything that a bridge can send. */
export interface BridgeCodec {
  readonly kind: string;
  /** The domain of its devices, and their events of coming and going. */
  readonly domain: string;
  readonly online: string;
  readonly offline: string;
  /** Whether a topic (without the prefix) is read; every other of its prefix is acknowledged, counted and forgotten. */
  wants(path: string): boolean;
  /** @param receivedAt stands for a time that the message does not tell */
  read(
    bridgeId: string,
    path: string,
    payload: Buffer,
    receivedAt: number,
  ): readonly BridgeWord[] | { reason: RejectReason; detail: string };
}
