import type { Clock } from '@sc/platform/clock';
import type { BatchPump } from './batch-pump.js';
import type { BrokerLimits } from './options.js';
import type { Connection } from './session.js';

/** Packets up to this are ordinary and covered by the socket buffer; only larger ones need a share of the budget. */
const ordinaryPacketBytes = 64 * 1024;
/** Answers that a peer does not read wait in our memory: 16,000 PUBACKs, then we read no more of what asks for them. */
const maxUnreadAnswerBytes = 64 * 1024;

/**
 * Decides when a socket is read on. It stands in `socket.read`, which Aedes calls for each chunk: answering null leaves
 * the bytes in the socket, whose buffer fills, and TCP slows the sender. Nothing is dropped and nobody is disconnected.
 */
export class ConnectionGate {
  private readonly blocked = new Set<Connection>();
  private partialBytes = 0;

  constructor(
    private readonly limits: BrokerLimits,
    private readonly clock: Clock,
    private readonly pump: BatchPump,
    private readonly refuse: (connection: Connection, detail: string) => void,
  ) {}

  /** To be called before Aedes gets the socket. */
  install(connection: Connection): void {
    const { socket, guard } = connection;
    const read = socket.read.bind(socket);
    socket.read = (size?: number): Buffer | null => {
      while (this.mayRead(connection)) {
        const isInside = guard.inPacket;
        const chunk = read(size) as Buffer | null;
        if (!chunk || !this.inspect(connection, chunk)) return null;
        const taken = isInside ? 0 : takeUsual(connection, chunk);
        if (taken < chunk.length) return taken === 0 ? chunk : chunk.subarray(taken);
      }
      connection.blockedSince ??= this.clock.now();
      this.blocked.add(connection);
      return null;
    };
    // Aedes reads on only when every packet of the last chunk is answered; then a PINGREQ behind a PUBLISH would wait for
    // the commit and the device would give up. The bounds of this gate take the place of that rule.
    socket.on('drain', () => {
      if (this.mayRead(connection)) this.open(connection);
    });
    socket.prependListener('readable', () => {
      if (connection.client.connected) connection.client._parsingBatch = 0;
    });
  }

  /** Lets a connection go on whose bytes were left. */
  open(connection: Connection): void {
    if (!this.blocked.delete(connection)) return;
    connection.blockedSince = undefined;
    if (!connection.socket.destroyed) connection.socket.emit('readable');
  }

  /** Lets everybody go on who may. */
  review(): void {
    for (const connection of this.blocked) if (this.mayRead(connection)) this.open(connection);
  }

  forget(connection: Connection): void {
    this.blocked.delete(connection);
    this.partialBytes -= connection.partialBytes;
    connection.partialBytes = 0;
  }

  /** Since when bytes of a logged-in device are left unread because of us. */
  blockedSince(): number | undefined {
    let since: number | undefined;
    for (const connection of this.blocked)
      if (connection.session && connection.blockedSince !== undefined && readsAnswers(connection))
        since = Math.min(since ?? Infinity, connection.blockedSince);
    return since;
  }

  /** Who waits for us is not called silent; who does not finish a packet is disconnected. */
  upkeep(connections: Iterable<Connection>): void {
    const now = this.clock.now();
    for (const connection of connections) {
      const { client, guard, session } = connection;
      if (readsAnswers(connection) && (connection.blockedSince !== undefined || (session?.pending.size ?? 0) > 0)) {
        if (client._keepaliveInterval > 0) client._keepaliveTimer?.refresh();
        if (guard.inPacket) connection.partialSince = now;
      } else if (guard.inPacket && now - connection.partialSince > this.limits.packetTimeoutMs) {
        this.refuse(connection, 'packet not completed in time');
      }
    }
    this.review();
  }

  private mayRead(connection: Connection): boolean {
    const { client, session } = connection;
    // between CONNECT and CONNACK later packets would overtake those that Aedes has queued
    if (client.connecting) return false;
    if (!readsAnswers(connection)) return false;
    if (!session) return true;
    if (session.pendingBytes >= this.limits.maxPendingBytesPerClient) return false;
    // the last quarter is for life safety
    const bound = session.lifeSafety ? this.limits.maxPendingBytes : this.limits.maxPendingBytes * 0.75;
    return this.pump.pendingBytes < bound;
  }

  private inspect(connection: Connection, chunk: Buffer): boolean {
    const { guard } = connection;
    const wasInside = guard.inPacket;
    if (!guard.accept(chunk)) {
      this.refuse(connection, 'packet larger than allowed');
      return false;
    }
    if (guard.inPacket && !wasInside) connection.partialSince = this.clock.now();
    const share = guard.partialBytes > ordinaryPacketBytes ? guard.partialBytes : 0;
    this.partialBytes += share - connection.partialBytes;
    connection.partialBytes = share;
    if (share > 0 && this.partialBytes > this.limits.maxPartialBytes) {
      this.refuse(connection, 'too many large packets at once');
      return false;
    }
    return true;
  }
}

/** What needs no library; the rest of the chunk does. */
function takeUsual({ client, session, take }: Connection, chunk: Buffer): number {
  if (!session || !take) return 0;
  const taken = session.reader.read(chunk, take);
  if (taken > 0 && client._keepaliveInterval > 0) client._keepaliveTimer?.refresh();
  return taken;
}

function readsAnswers({ socket }: Connection): boolean {
  return socket.writableLength < maxUnreadAnswerBytes;
}
