import type { Clock } from '@sc/platform/clock';
import {
  connect,
  type IConnackPacket,
  type IPublishPacket,
  type ISubscriptionMap,
  type MqttClient,
  type Packet,
} from 'mqtt';
import type { PendingMessage } from './lanes.js';
import { PubackWriter } from './puback-writer.js';
import { anyTopic, PublishReader } from './publish-reader.js';
import { PublishShortcut } from './publish-shortcut.js';
import type { BrokerAddress } from './broker-address.js';
import type { ExternalLimits } from './external-options.js';

/** The broker keeps our session, and in it what we have not acknowledged, for as long as we are away. */
const sessionNeverExpires = 0xff_ff_ff_ff;
/** What of a PUBLISH matters here. */
export type Arrived = Pick<IPublishPacket, 'topic' | 'payload' | 'retain' | 'messageId'>;

export interface ConnectionOptions {
  address: BrokerAddress;
  clientId: string;
  lifeSafety: boolean;
  /** What is wanted now. */
  subscriptions: () => ISubscriptionMap;
  limits: ExternalLimits;
  clock: Clock;
  receive: (connection: BrokerConnection, packet: Arrived, qos: 0 | 1 | 2) => void;
  /** False while too much waits: then nothing more is read. */
  mayRead: (connection: BrokerConnection) => boolean;
}

/**
 * One connection to the broker, from CONNECT to its end. What came on it is acknowledged on it or never: the broker uses
 * the same ids again on the next one, for other messages [MQTT-4.4.0-1].
 */
export class BrokerConnection {
  /** Not committed yet. */
  readonly pending = new Set<PendingMessage>();
  pendingBytes = 0;
  readonly lifeSafety: boolean;
  /** Everything that the broker had for us up to this moment has arrived. */
  caughtUpAt: number | undefined;
  /** Why it ended. */
  readonly ended: Promise<string>;
  sessionPresent = false;
  private readonly client: MqttClient;
  private readonly stream: MqttClient['stream'];
  private readonly pubacks: PubackWriter;
  private readonly probes: { sentAt: number; broken: boolean }[] = [];
  private unacknowledged = 0;
  private filters: ReadonlySet<string> = new Set();
  private subscribed: Promise<void> = Promise.resolve();
  private goOn: (() => void) | undefined;
  private reason = 'closed by the broker';
  private closed = false;
  private leaving = false;

  constructor(private readonly options: ConnectionOptions) {
    const { address, limits } = options;
    this.lifeSafety = options.lifeSafety;
    this.client = connect({
      protocol: address.protocol,
      host: address.host,
      port: address.port,
      username: address.userName,
      password: address.password,
      // under 3.1.1 Mosquitto sends 20 messages before the first acknowledgement
      protocolVersion: 5,
      clientId: options.clientId,
      clean: false,
      keepalive: limits.keepaliveSeconds,
      connectTimeout: limits.connectTimeoutMs,
      reconnectPeriod: 0,
      resubscribe: false,
      properties: {
        sessionExpiryInterval: sessionNeverExpires,
        receiveMaximum: limits.receiveMaximum,
        maximumPacketSize: limits.maxPacketBytes,
      },
    });
    this.stream = this.client.stream;
    this.pubacks = new PubackWriter(this.stream);
    this.readUsual();
    this.client.handleMessage = (_packet, done) => this.passOn(done);
    this.client.on('packetreceive', (packet) => this.packetReceived(packet));
    this.client.on('packetsend', ({ cmd }) => cmd === 'pingreq' && this.probeSent());
    this.client.on('error', (error) => this.end(describe(error)));
    this.ended = new Promise((resolve) => this.client.once('close', () => resolve(this.reason))).then((reason) => {
      this.closed = true;
      return String(reason);
    });
  }

  /** Resolves when the broker lets us in and sends what we want. @throws why it does not */
  async ready(): Promise<void> {
    const connack = await Promise.race([
      new Promise<IConnackPacket>((resolve) => this.client.once('connect', resolve)),
      this.ended.then((reason) => Promise.reject(new Error(reason))),
    ]);
    this.sessionPresent = connack.sessionPresent;
    this.subscribe();
    await Promise.race([this.subscribed, this.ended.then((reason) => Promise.reject(new Error(reason)))]);
    this.upkeep();
  }

  /** Asks for what is wanted now, and for nothing else. */
  subscribe(): void {
    if (!this.client.connected) return;
    const wanted = this.options.subscriptions();
    const dropped = [...this.filters].filter((filter) => !(filter in wanted));
    this.filters = new Set(Object.keys(wanted));
    if (dropped.length > 0) this.client.unsubscribe(dropped);
    this.subscribed = this.client.subscribeAsync(wanted).then(
      () => undefined,
      (error: unknown) => this.end(`subscription refused: ${describe(error)}`),
    );
  }

  /** Whether the bound of waiting bytes keeps us from reading. */
  get heldBack(): boolean {
    return this.goOn !== undefined;
  }

  acknowledge(qos: 1 | 2, messageId: number): void {
    this.unacknowledged -= 1;
    if (qos === 1) return this.pubacks.add(messageId);
    // PUBREC; success without properties needs no more than this [MQTT-3.5.2.1]
    if (this.stream.writable) this.stream.write(Buffer.of(0x50, 2, messageId >> 8, messageId & 0xff));
  }

  /** Sends what was acknowledged. */
  flush(): void {
    this.pubacks.flush();
  }

  /** Reads on if that is allowed by now. */
  review(): void {
    const { goOn } = this;
    if (!goOn || !this.options.mayRead(this)) return;
    this.goOn = undefined;
    goOn();
  }

  /** To be called once a second: asks the broker whether it has more, and keeps it from calling us silent. */
  upkeep(): void {
    if (!this.client.connected) return;
    const last = this.probes.at(-1);
    const everyMs = (this.options.limits.keepaliveSeconds * 1000) / 3;
    // while nothing is read its answers are not read either: that is no silence of the broker
    if (this.heldBack) this.client.reschedulePing(true);
    if (!last || this.options.clock.now() - last.sentAt >= everyMs) this.client.sendPing();
  }

  /** Says goodbye, so that the broker does not take us for lost; the session stays there with what is not acknowledged. */
  async leave(limitMs: number): Promise<void> {
    this.leaving = true;
    if (!this.client.connected) this.stream.destroy();
    const forced = setTimeout(() => this.stream.destroy(), limitMs);
    this.client.end();
    this.goOn?.();
    await this.ended;
    clearTimeout(forced);
  }

  private end(reason: string): void {
    if (!this.closed) this.reason = reason;
    this.stream.destroy();
  }

  private packetReceived(packet: Packet): void {
    if (packet.cmd === 'publish') this.published(packet);
    else if (packet.cmd === 'pingresp') this.probeAnswered();
    else if (packet.cmd === 'disconnect') this.reason = `the broker ended it with reason ${packet.reasonCode ?? 0}`;
  }

  /** Takes the usual packets before MQTT.js sees them. */
  private readUsual(): void {
    const { stream } = this;
    const push = stream.push.bind(stream);
    const shortcut = new PublishShortcut({
      reader: new PublishReader(anyTopic, 5),
      take: (topic, messageId, payload) => this.arrived({ topic, messageId, payload, retain: false }, 1),
      maxPacketBytes: this.options.limits.maxPacketBytes,
      toLibrary: push,
      mayTake: () => !this.heldBack && stream.readableLength === 0 && this.options.mayRead(this),
      tooLarge: () => this.end('the broker sent a packet larger than agreed'),
    });
    stream.push = (chunk: Buffer | null): boolean => (chunk ? shortcut.accept(chunk) : push(chunk));
  }

  private published(packet: IPublishPacket): void {
    const { qos } = packet;
    // MQTT.js would acknowledge at once; of what it takes for QoS 0 it does not
    packet.qos = 0;
    this.arrived(packet, qos);
  }

  private arrived(packet: Arrived, qos: 0 | 1 | 2): void {
    if (qos > 0) this.unacknowledged += 1;
    if (this.unacknowledged >= this.options.limits.receiveMaximum) for (const probe of this.probes) probe.broken = true;
    if (!this.leaving) this.options.receive(this, packet, qos);
  }

  private passOn(done: () => void): void {
    if (this.leaving || this.options.mayRead(this)) return done();
    this.goOn = done;
  }

  private probeSent(): void {
    const { clock, limits } = this.options;
    this.probes.push({ sentAt: clock.now(), broken: this.unacknowledged >= limits.receiveMaximum });
  }

  /** The broker answers in order: had it had more for us, it would have sent it before, unless our limit held it. */
  private probeAnswered(): void {
    const probe = this.probes.shift();
    if (probe && !probe.broken) this.caughtUpAt = probe.sentAt;
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // an attempt at several addresses of one host fails without a message
  return error.message || String((error as { code?: unknown }).code ?? error.name);
}
