import type { Socket } from 'node:net';
import { formatTopic, inboundChannels } from '@sc/contracts';
import type { Client } from 'aedes';
import type { PacketGuard } from './packet-guard.js';
import type { BridgeLogin } from './options.js';
import type { PendingMessage } from './lanes.js';
import type { PubackWriter } from './puback-writer.js';
import { oneOf, PublishReader } from './publish-reader.js';

/** What we need of Aedes' client beyond its types; checked against aedes 1.2.0 (pinned). */
export interface AedesClient extends Client {
  conn: Socket;
  will: unknown;
  _will: { topic: string } | null;
  connackSent: boolean;
  closed: boolean;
  _keepaliveInterval: number;
  _keepaliveTimer: NodeJS.Timeout | null;
  /** Packets of the last chunk that are not answered yet; Aedes reads on at 0. */
  _parsingBatch: number;
}

/** One TCP connection, before and after its login. */
export interface Connection {
  readonly socket: Socket;
  readonly remoteAddress: string;
  readonly guard: PacketGuard;
  readonly pubacks: PubackWriter;
  /** Handles what `Session.reader` reads; set when the device is let in. */
  take: ((topic: string, messageId: number, payload: Buffer) => void) | undefined;
  client: AedesClient;
  session: Session | undefined;
  /** Since when its next bytes are left in the socket; undefined while it is read. */
  blockedSince: number | undefined;
  /** Bytes it holds of the budget for partly received packets. */
  partialBytes: number;
  partialSince: number;
}

/** A logged-in connection. */
export class Session {
  /** Not committed yet, including what the running batch holds. */
  readonly pending = new Set<PendingMessage>();
  pendingBytes = 0;
  closed = false;
  readonly reader: PublishReader;
  private readonly ownTopics: readonly string[];

  constructor(
    readonly connection: Connection,
    readonly deviceId: string,
    readonly domain: string,
    readonly lifeSafety: boolean,
    private readonly bridge?: BridgeLogin,
  ) {
    this.ownTopics = bridge ? [] : inboundChannels.map((channel) => formatTopic({ domain, deviceId, channel }));
    this.reader = new PublishReader(oneOf(this.ownTopics), 4);
  }

  mayPublish(topic: string): boolean {
    return this.bridge ? topic.startsWith(`${this.bridge.prefix}/`) : this.ownTopics.includes(topic);
  }

  /** Whether anybody reads what it may publish here. */
  isWanted(topic: string): boolean {
    return !this.bridge || this.bridge.wants(topic.slice(this.bridge.prefix.length + 1));
  }

  /** A bridge may listen below its prefix: nothing is ever sent there, but it would not start without. */
  maySubscribe(filter: string): boolean {
    if (this.bridge) return filter.startsWith(`${this.bridge.prefix}/`);
    const { domain, deviceId } = this;
    return filter === formatTopic({ domain, deviceId, channel: 'command' });
  }
}
