import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Aedes, type AuthenticateError, type Client, type PublishPacket, type Subscription } from 'aedes';
import { BatchPump } from './batch-pump.js';
import { ConnectionGate } from './connection-gate.js';
import { entryOverheadBytes, type PendingMessage } from './lanes.js';
import type { BatchHandler, InboundMessage } from './message.js';
import { mqttMetrics } from './metrics.js';
import type { MqttSource } from './mqtt-strategy.js';
import {
  type BrokerLimits,
  type BrokerOptions,
  type BrokerStatus,
  defaultLimits,
  type Refusal,
  type ServerCertificate,
} from './options.js';
import { Gatekeeper } from './gatekeeper.js';
import { PacketGuard } from './packet-guard.js';
import { printable } from './printable.js';
import { PubackWriter } from './puback-writer.js';
import { quietAedes } from './quiet-aedes.js';
import { SecureListener } from './secure-listener.js';
import type { AedesClient, Connection, Session } from './session.js';

const upkeepEveryMs = 1000;
/** Pipelined packets before the CONNACK; Aedes' 42 breaks a CONNECT with many PUBLISH in one write. One read chunk holds no more. */
const queueLimit = 32_768;
/** Aedes' timers of wills left by other brokers: there are none. Four times this must fit a timer. */
const heartbeatIntervalMs = 3_600_000;

/** A message of a device on its own topic. */
const usual = { wanted: true, isWill: false };

/**
 * Aedes in this process, with the promise that it does not make by itself: `authorizePublish` runs before the PUBACK
 * and may answer late, so the answer is held until the batch with the message is committed.
 */
export class EmbeddedBroker implements MqttSource {
  private readonly limits: BrokerLimits;
  private readonly aedes: Aedes;
  private readonly server: Server;
  private readonly secure: SecureListener | undefined;
  private readonly pump: BatchPump;
  private readonly gate: ConnectionGate;
  private readonly gatekeeper: Gatekeeper;
  private readonly connections = new Map<unknown, Connection>();
  private readonly sessions = new Map<string, Set<Session>>();
  private upkeep: NodeJS.Timeout | undefined;
  private stopping = false;

  constructor(
    private readonly options: BrokerOptions,
    handle: BatchHandler,
  ) {
    const { clock, logger } = options;
    this.limits = { ...defaultLimits, ...options.limits };
    this.pump = new BatchPump(handle, clock, logger, this.limits, {
      acknowledging: (batch, acknowledge) => this.acknowledging(batch, acknowledge),
      unreadSince: () => this.gate.blockedSince(),
    });
    this.gate = new ConnectionGate(this.limits, clock, this.pump, (connection, detail) => {
      this.refused(connection, 'packet-too-large', connection.session?.deviceId ?? '', detail);
      connection.socket.destroy();
    });
    this.gatekeeper = new Gatekeeper(options, this.limits, (deviceId) => this.sessions.get(deviceId)?.size ?? 0);
    this.aedes = new Aedes({
      heartbeatInterval: heartbeatIntervalMs,
      connectTimeout: this.limits.connectTimeoutMs,
      queueLimit,
      maxInflightInbound: 64,
      maxClientsIdLength: 200,
      maxTopicLevels: 16,
      authenticate: (client, userName, password, done) => void this.login(client, userName, password, done),
      authorizePublish: (client, packet, done) => this.receive(client, packet, done),
      authorizeSubscribe: (client, subscription, done) => this.subscribing(client, subscription, done),
    });
    const sockets = { noDelay: true, keepAlive: true, keepAliveInitialDelay: 60_000 };
    this.server = createServer(sockets, (socket) => this.accept(socket));
    this.server.maxConnections = this.limits.maxConnections;
    if (options.tls)
      this.secure = new SecureListener({
        ...options.tls,
        socket: sockets,
        maxConnections: this.limits.maxConnections,
        handshakeTimeoutMs: this.limits.connectTimeoutMs,
        accept: (socket) => this.accept(socket),
        failed: (error, remoteAddress) => logger.debug({ error: error.message, remoteAddress }, 'mqtt tls handshake'),
      });
  }

  /** @throws when the port cannot be had */
  async listen(): Promise<void> {
    if (this.stopping) throw new Error('the broker was stopped before it listened');
    this.aedes.on('error' as 'closed', () => undefined);
    await this.aedes.listen();
    quietAedes(this.aedes);
    await this.open(this.server, this.options.port);
    if (this.secure) await this.open(this.secure.server, this.options.tls!.port);
    this.options.logger.info({ port: this.port, securePort: this.securePort }, 'mqtt broker listens');
    this.upkeep = setInterval(() => this.keepUp(), upkeepEveryMs);
  }

  /** The port it listens on, for a port of 0. */
  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** The port for TLS, if there is one. */
  get securePort(): number | undefined {
    return this.secure?.port;
  }

  /** For connections from now on. */
  renewCertificate({ cert, key }: ServerCertificate): void {
    this.secure?.server.setSecureContext({ cert, key });
  }

  status(): BrokerStatus {
    return {
      listening: this.server.listening,
      connections: this.connections.size,
      sessions: this.sessions.size,
      pendingMessages: this.pump.pendingMessages,
      pendingBytes: this.pump.pendingBytes,
      stalledSince: this.pump.stalledSince,
    };
  }

  isConnected(deviceId: string): boolean {
    return this.sessions.has(deviceId);
  }

  /** Of devices that were online before this start, those that have not come back are offline. */
  reviewPresence(deviceIds: Iterable<string>): void {
    for (const deviceId of deviceIds) if (!this.isConnected(deviceId)) this.pump.notePresence(deviceId, 'offline');
  }

  /**
   * Takes in a message that no connection sends, in its turn among the others. Resolves when its batch is handled.
   * @throws when the broker stops first, or when `signal` aborts while the message still waits: then it is not taken in
   */
  inject(message: InboundMessage, signal: AbortSignal): Promise<void> {
    return this.pump.inject(message, this.options.isLifeSafety(message.topic), signal);
  }

  /** Ends the device's connections: its secret was changed or it was retired. */
  disconnect(deviceId: string): void {
    for (const session of this.sessions.get(deviceId) ?? []) session.connection.socket.destroy();
  }

  /** No new connections; the running batch is finished and acknowledged; then everybody is disconnected. Bounded in time. */
  async close(): Promise<void> {
    if (this.stopping) return;
    this.stopping = true;
    clearInterval(this.upkeep);
    const servers = [this.server, ...(this.secure ? [this.secure.server] : [])];
    const closed = Promise.all(servers.map((server) => new Promise<void>((done) => server.close(() => done()))));
    await this.pump.stop(this.limits.stopTimeoutMs);
    const gone = new Promise<void>((resolve) => this.aedes.close(() => resolve()));
    await Promise.race([gone, wait(2000, undefined, { ref: false })]);
    for (const connection of this.connections.values()) connection.socket.destroy();
    this.secure?.endUnfinished();
    await Promise.race([closed, wait(2000, undefined, { ref: false })]);
  }

  private async open(server: Server, port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, this.options.host, () => {
        server.off('error', reject);
        server.on('error', (error) => this.options.logger.warn({ error: error.message }, 'mqtt listener'));
        resolve();
      });
    });
  }

  private accept(socket: Socket): void {
    if (this.stopping || !socket.remoteAddress) {
      socket.destroy();
      return;
    }
    const connection: Connection = {
      socket,
      remoteAddress: socket.remoteAddress,
      guard: new PacketGuard(this.limits.maxConnectBytes, this.limits.maxPacketBytes),
      pubacks: new PubackWriter(socket),
      take: undefined,
      client: undefined as unknown as AedesClient,
      session: undefined,
      blockedSince: undefined,
      partialBytes: 0,
      partialSince: 0,
    };
    this.gate.install(connection);
    connection.client = this.aedes.handle(socket) as AedesClient;
    connection.client.once('connected', () => this.connected(connection));
    this.connections.set(connection.client, connection);
    socket.once('close', () => this.closed(connection));
  }

  private async login(
    client: Client,
    userName: string | undefined,
    password: Buffer | undefined,
    done: (error: AuthenticateError | null, success: boolean | null) => void,
  ): Promise<void> {
    const connection = this.connections.get(client);
    if (!connection || this.stopping) return done(null, false);
    const verdict = await this.gatekeeper.judge(connection, { userName, password, clientId: client.id });
    if (connection.socket.destroyed) return;
    if ('session' in verdict) {
      connection.session = verdict.session;
      const { deviceId } = verdict.session;
      const others = this.sessions.get(deviceId);
      if (others) others.add(verdict.session);
      else this.sessions.set(deviceId, new Set([verdict.session]));
      mqttMetrics.connections.set(this.sessions.size);
      return done(null, true);
    }
    const { returnCode, detail, silent } = verdict;
    if (!silent) this.refused(connection, 'login-refused', userName ?? '', detail);
    done(Object.assign(new Error('refused'), { returnCode }) as AuthenticateError, false);
  }

  private connected(connection: Connection): void {
    const { session, pubacks } = connection;
    if (session && !session.closed) {
      this.pump.notePresence(session.deviceId, 'online');
      connection.take = (topic, messageId, payload) =>
        this.offer(session, { topic, payload, qos: 1, retain: false }, () => pubacks.add(messageId));
    }
    this.gate.open(connection);
  }

  private closed(connection: Connection): void {
    this.connections.delete(connection.client);
    this.gate.forget(connection);
    const { session } = connection;
    if (!session) return;
    session.closed = true;
    this.pump.drop(session);
    const sessions = this.sessions.get(session.deviceId);
    sessions?.delete(session);
    if (sessions?.size === 0) {
      this.sessions.delete(session.deviceId);
      // a device is not offline because we stop
      if (!this.stopping) this.pump.notePresence(session.deviceId, 'offline');
    }
    mqttMetrics.connections.set(this.sessions.size);
    this.gate.review();
  }

  private receive(client: Client | null, packet: PublishPacket, done: (error?: Error | null) => void): void {
    const connection = client ? this.connections.get(client) : undefined;
    const session = connection?.session;
    if (!connection || !session) return done(new Error('not logged in'));
    const isWill = packet === connection.client.will;
    // A will of one connection says nothing while the device holds another (a take-over), nor when it is we who stop.
    if (isWill && (this.stopping || (this.sessions.get(session.deviceId)?.size ?? 0) > 1)) return;
    const own = session.mayPublish(packet.topic);
    const wanted = own && session.isWanted(packet.topic);
    if (own && !wanted) mqttMetrics.ignored.inc();
    if (!own) this.offence(connection, session, 'topic-refused', packet.topic);
    const { topic, qos, retain } = packet;
    const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
    const acknowledge = (): void => {
      // those of earlier messages go out first
      connection.pubacks.flush();
      done();
    };
    this.offer(session, { topic, payload, qos, retain }, acknowledge, { wanted, isWill });
  }

  /** Of what is not wanted nothing is kept, of what is too large only the beginning: each is acknowledged in its turn. */
  private offer(
    session: Session,
    { topic, payload, qos, retain }: Pick<InboundMessage, 'topic' | 'payload' | 'qos' | 'retain'>,
    acknowledge: () => void,
    { wanted, isWill } = usual,
  ): void {
    const kept =
      wanted && payload.length <= this.limits.maxPayloadBytes
        ? payload
        : Buffer.from(payload.subarray(0, wanted ? this.limits.keptPayloadBytes : 0));
    const receivedAt = this.options.clock.now();
    const { deviceId } = session;
    this.pump.offer({
      message: { topic, payload: kept, payloadBytes: payload.length, qos, retain, deviceId, receivedAt },
      bytes: kept.length + topic.length + entryOverheadBytes,
      sender: session,
      deliver: wanted,
      survivesClose: isWill,
      acknowledge,
      state: 'waiting',
    });
  }

  private subscribing(
    client: Client,
    subscription: Subscription,
    done: (error: Error | null, subscription?: Subscription | null) => void,
  ): void {
    const connection = this.connections.get(client);
    const session = connection?.session;
    if (!connection || !session) return done(new Error('not logged in'));
    if (session.maySubscribe(subscription.topic)) return done(null, subscription);
    this.offence(connection, session, 'subscription-refused', subscription.topic);
    done(null, null);
  }

  private offence(connection: Connection, session: Session, kind: Refusal['kind'], topic: string): void {
    this.refused(connection, kind, session.deviceId, `topic ${topic.slice(0, 200)}`);
    if (!this.gatekeeper.noteOffence(session.deviceId)) return;
    this.refused(connection, 'device-held-off', session.deviceId, 'repeated offences');
    // what it is owed is acknowledged first; this connection then ends
    setTimeout(() => this.disconnect(session.deviceId), 1000).unref();
  }

  private refused(connection: Connection, kind: Refusal['kind'], actor: string, detail: string): void {
    mqttMetrics.refused.inc({ kind });
    this.options.onRefused?.({
      kind,
      actor: printable(actor, 140),
      remoteAddress: connection.remoteAddress,
      detail: printable(detail, 300),
    });
  }

  /** One write per socket instead of one per PUBACK. */
  private acknowledging(batch: readonly PendingMessage[], acknowledge: () => void): void {
    const connections = new Set<Connection>();
    for (const { sender } of batch) if (sender.connection) connections.add(sender.connection);
    for (const { socket } of connections) socket.cork();
    acknowledge();
    for (const { socket, pubacks } of connections) {
      pubacks.flush();
      socket.uncork();
    }
    this.gate.review();
  }

  private keepUp(): void {
    this.gate.upkeep(this.connections.values());
    this.pump.tick();
    this.pump.measure();
  }
}
