import { formatTopic, inboundChannels, parseTopic } from '@sc/contracts';
import type { ISubscriptionMap } from 'mqtt';
import { BatchPump } from './batch-pump.js';
import { parseBrokerAddress } from './broker-address.js';
import type { Arrived, BrokerConnection } from './broker-connection.js';
import { BrokerLink } from './broker-link.js';
import { defaultExternalLimits, type ExternalBrokerOptions, type ExternalLimits } from './external-options.js';
import { entryOverheadBytes, type PendingMessage } from './lanes.js';
import type { BatchHandler, InboundMessage } from './message.js';
import type { MqttSource, MqttStatus } from './mqtt-strategy.js';
import { printable } from './printable.js';

const upkeepEveryMs = 1000;
const leaveWithinMs = 2000;
/** Topics of devices are shorter; of others the beginning is kept. */
const keptTopicLength = 240;

/**
 * A client of a broker elsewhere, with the promise of the embedded one: a message is acknowledged, to that broker, when the
 * batch with it is committed. Who sent it is what its topic says, and the broker's permissions guarantee.
 */
export class ExternalBroker implements MqttSource {
  private readonly limits: ExternalLimits;
  private readonly pump: BatchPump;
  private readonly links: readonly BrokerLink[];
  private timer: NodeJS.Timeout | undefined;
  private closing: Promise<void> | undefined;

  /** @throws Error when the address is none */
  constructor(
    private readonly options: ExternalBrokerOptions,
    handle: BatchHandler,
  ) {
    const { clock, logger } = options;
    this.limits = { ...defaultExternalLimits, ...options.limits };
    this.pump = new BatchPump(handle, clock, logger, this.limits, {
      acknowledging: (_batch, acknowledge) => this.acknowledging(acknowledge),
      unreadSince: () => Math.min(...this.links.map((link) => link.heardUpTo())),
    });
    this.links = (['life-safety', 'normal'] as const).map((name) => this.link(name));
  }

  /** Does not wait for the broker: one that is away is tried for ever, and told by `status`. */
  async listen(): Promise<void> {
    if (this.closing) return;
    for (const link of this.links) link.start();
    this.timer = setInterval(() => this.keepUp(), upkeepEveryMs);
  }

  status(): MqttStatus {
    const since = this.links.flatMap((link) => link.disconnectedSince ?? []);
    return {
      pendingMessages: this.pump.pendingMessages,
      pendingBytes: this.pump.pendingBytes,
      stalledSince: this.pump.stalledSince,
      disconnectedSince: since.length > 0 ? Math.min(...since) : undefined,
    };
  }

  /** Other systems came or went. */
  reviewSubscriptions(): void {
    for (const link of this.links) link.connection?.subscribe();
  }

  inject(message: InboundMessage, signal: AbortSignal): Promise<void> {
    return this.pump.inject(message, this.isLifeSafety(message.topic), signal);
  }

  /** The running batch is finished and acknowledged; the rest stays in our session at the broker. Bounded in time. */
  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    clearInterval(this.timer);
    await this.pump.stop(this.limits.stopTimeoutMs);
    await Promise.all(this.links.map((link) => link.stop(leaveWithinMs)));
  }

  private link(name: 'life-safety' | 'normal'): BrokerLink {
    const { clock, logger, url } = this.options;
    const address = parseBrokerAddress(url);
    const lifeSafety = name === 'life-safety';
    return new BrokerLink({
      name,
      address,
      // Fixed, because the session at the broker belongs to it; with the account's name, so that two sites can share a broker.
      clientId: `${address.userName ?? 'smart-community'}:${name}`,
      lifeSafety,
      subscriptions: () => this.subscriptions(lifeSafety),
      limits: this.limits,
      clock,
      logger,
      receive: (connection, packet, qos) => this.receive(connection, packet, qos),
      mayRead: (connection) => this.mayRead(connection),
      lost: (connection) => this.pump.drop(connection),
    });
  }

  /**
   * QoS 1 at most. A retained reading is an old one, so none are asked for; of the states of devices only when our session
   * at the broker is new: what changes later comes as it happens.
   */
  private subscriptions(lifeSafety: boolean): ISubscriptionMap {
    const domains = this.options.domains.filter((domain) => domain.lifeSafety === lifeSafety);
    const own = domains.flatMap(({ name }) =>
      inboundChannels.map((channel) => ({ filter: formatTopic({ domain: name, deviceId: '+/+', channel }), channel })),
    );
    const foreign = lifeSafety ? [] : (this.options.foreignTopics?.filters() ?? []);
    return Object.fromEntries([
      ...own.map(({ filter, channel }) => [filter, { qos: 1, rap: false, rh: channel === 'status' ? 1 : 2 }]),
      ...foreign.map((filter) => [filter, { qos: 1, rap: false, rh: 2 }]),
    ]) as ISubscriptionMap;
  }

  private receive(connection: BrokerConnection, packet: Arrived, qos: 0 | 1 | 2): void {
    const { topic, messageId, retain } = packet;
    const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
    const deviceId = this.senderOf(topic);
    const most = this.limits[payload.length <= this.limits.maxPayloadBytes ? 'maxPayloadBytes' : 'keptPayloadBytes'];
    // a copy where it matters: a part of the socket's chunk would keep all of the chunk
    const kept = payload.length <= most ? payload : Buffer.from(payload.subarray(0, most));
    const message: InboundMessage = {
      topic: topic.length <= keptTopicLength ? topic : printable(topic, keptTopicLength),
      payload: deviceId === undefined ? Buffer.alloc(0) : kept,
      payloadBytes: payload.length,
      qos,
      retain,
      ...(retain ? { remembered: true } : {}),
      deviceId: deviceId ?? '',
      receivedAt: this.options.clock.now(),
    };
    this.pump.offer({
      message,
      bytes: message.payload.length + message.topic.length + entryOverheadBytes,
      sender: connection,
      deliver: deviceId !== undefined,
      survivesClose: false,
      acknowledge: () => (qos > 0 ? connection.acknowledge(qos as 1 | 2, messageId!) : undefined),
      state: 'waiting',
    } satisfies PendingMessage);
  }

  /** A name that no device can have becomes a dead letter under that name; what belongs to no device at all is nobody's. */
  private senderOf(topic: string): string | undefined {
    const known = parseTopic(topic)?.deviceId;
    if (known) return known;
    const [root, , community = '', device = ''] = topic.split('/');
    if (root !== 'sc') return this.options.foreignTopics?.ownerOf(topic);
    return printable(`${community}/${device}`, 140);
  }

  private isLifeSafety(topic: string): boolean {
    const domain = parseTopic(topic)?.domain;
    return this.options.domains.some(({ name, lifeSafety }) => lifeSafety && name === domain);
  }

  private mayRead({ lifeSafety }: BrokerConnection): boolean {
    // the last quarter is for life safety
    return this.pump.pendingBytes < this.limits.maxPendingBytes * (lifeSafety ? 1 : 0.75);
  }

  private acknowledging(acknowledge: () => void): void {
    const connections = this.links.flatMap((link) => link.connection ?? []);
    acknowledge();
    for (const connection of connections) connection.flush();
    for (const connection of connections) connection.review();
  }

  private keepUp(): void {
    for (const link of this.links) {
      link.connection?.upkeep();
      link.connection?.review();
    }
    this.pump.tick();
    this.pump.measure();
  }
}
