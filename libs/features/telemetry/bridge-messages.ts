import { Inject, Injectable } from '@nestjs/common';
import { maxPayloadBytes, type RejectReason } from '@sc/contracts';
import { BridgeRegistry, DeviceRegistry, type RegisteredBridge } from '@sc/features/devices';
import type { Database } from '@sc/platform/database';
import type { InboundMessage } from '@sc/platform/mqtt';
import type { Kysely } from 'kysely';
import { BridgeAttendance } from './bridge-attendance.js';
import type { BridgeCodec, BridgeWord } from './bridge-codec.js';
import type { Connection } from './connection-state.js';
import type { DecodedBatch } from './decode-batch.js';
import type { DeviceEvent } from './device-event.js';
import { rejectTime } from './metric-catalogue.js';
import { telemetryMetrics } from './metrics.js';

/** Injection token of the `readonly BridgeCodec[]`, one for each kind of bridge. */
export const BRIDGE_CODECS = Symbol('BridgeCodecs');

/** A camera that nobody registered is told of this often: it speaks all day, and the list of dead letters is for everybody. */
const unknownAgainMs = 3_600_000;
const maxUnknown = 1000;
const presences = { online: 'there', offline: 'lost', stopped: 'stopped' } as const;

/** Messages of bridges, as events and states of the devices registered under them. The login tells whose they are. */
@Injectable()
export class BridgeMessages {
  private readonly codecs: ReadonlyMap<string, BridgeCodec>;
  private readonly attendance = new BridgeAttendance();
  private readonly unknownToldAt = new Map<string, number>();

  constructor(
    @Inject(BridgeRegistry) private readonly bridges: BridgeRegistry,
    @Inject(DeviceRegistry) private readonly devices: DeviceRegistry,
    @Inject(BRIDGE_CODECS) codecs: readonly BridgeCodec[],
  ) {
    this.codecs = new Map(codecs.map((codec) => [codec.kind, codec]));
  }

  /** The language a bridge speaks. */
  codecOf({ kind }: RegisteredBridge): BridgeCodec | undefined {
    return this.codecs.get(kind);
  }

  /** @returns whether the message is a bridge's; then it is read. Never throws for anything a bridge can send */
  decode(message: InboundMessage, out: DecodedBatch): boolean {
    const bridge = this.bridges.get(message.deviceId);
    const codec = bridge && this.codecOf(bridge);
    if (!bridge || !codec) return false;
    // What a bridge says may name people (faces, plates): of what cannot be read only its size is kept.
    const kept = { ...message, payload: Buffer.alloc(0) };
    const reject = (reason: RejectReason, detail: string): void =>
      void out.deadLetters.push({ message: kept, reason, detail });
    const { topicPrefix, state } = bridge;
    if (state !== 'registered') reject('unregistered-device', 'the bridge is retired');
    else if (!message.topic.startsWith(`${topicPrefix}/`))
      reject('wrong-domain', `its topics begin with ${topicPrefix}/`);
    else this.read(message, bridge, codec, message.topic.slice(topicPrefix.length + 1), reject, out);
    return true;
  }

  /** Its connection came or went. @returns whether it is a bridge's */
  presence(bridgeId: string, state: Connection, at: number, out: DecodedBatch): boolean {
    const bridge = this.bridges.get(bridgeId);
    const codec = bridge && this.codecOf(bridge);
    if (!bridge || !codec) return false;
    out.connections.set(bridgeId, state);
    // that it is connected does not say that it watches: it says so itself
    if (state === 'offline') this.attendance.bridge(bridgeId, 'lost');
    this.review(bridge, codec, at, out);
    return true;
  }

  /** Tells of what stayed away too long. @param at everything sent until then was read */
  tick(at: number, out: DecodedBatch): void {
    for (const bridgeId of this.attendance.overdue(at)) {
      const bridge = this.bridges.get(bridgeId);
      const codec = bridge && this.codecOf(bridge);
      if (bridge && codec) this.review(bridge, codec, at, out);
    }
  }

  /** Bridges that were lost when we ended, before their devices were told of. @throws when PostgreSQL is away */
  async load(db: Kysely<Database>): Promise<void> {
    const lost = await db
      .selectFrom('bridges')
      .select('id')
      .where('connection', '=', 'offline')
      .where('state', '=', 'registered')
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('devices')
            .select('devices.id')
            .whereRef('devices.bridgeId', '=', 'bridges.id')
            .where('devices.connection', '=', 'online'),
        ),
      )
      .execute();
    for (const { id } of lost) this.attendance.bridge(id, 'lost');
  }

  private read(
    message: InboundMessage,
    bridge: RegisteredBridge,
    codec: BridgeCodec,
    path: string,
    reject: (reason: RejectReason, detail: string) => void,
    out: DecodedBatch,
  ): void {
    if (!codec.wants(path)) return telemetryMetrics.bridgeIgnored.inc();
    if (message.payloadBytes > maxPayloadBytes) return reject('too-large', `${message.payloadBytes} bytes`);
    // an empty retained message takes back an earlier one [MQTT-3.3.1-10]
    if (message.payloadBytes === 0) return;
    const { receivedAt, firstReceivedAt } = message;
    const words = codec.read(bridge.id, path, message.payload, firstReceivedAt ?? receivedAt);
    if ('reason' in words) return reject(words.reason, words.detail);
    const devices = this.devices.under(bridge.id);
    for (const word of words) {
      const deviceId = word.kind === 'bridge' ? undefined : devices.get(word.externalId);
      if (word.kind !== 'bridge' && deviceId === undefined)
        this.unknown(bridge.id, word.externalId, receivedAt, reject);
      else this.take(word, deviceId, message, bridge, codec, reject, out);
    }
  }

  private take(
    word: BridgeWord,
    deviceId: string | undefined,
    message: InboundMessage,
    bridge: RegisteredBridge,
    codec: BridgeCodec,
    reject: (reason: RejectReason, detail: string) => void,
    out: DecodedBatch,
  ): void {
    const { receivedAt, firstReceivedAt, retain } = message;
    const live = firstReceivedAt === undefined;
    if (word.kind === 'event') {
      const wrong = rejectTime(undefined, word.ts, receivedAt);
      if (wrong) return reject(wrong, `${word.externalId} ${word.type}@${word.ts}`);
      const { id, type, ts, data } = word;
      add(out, codec.domain, {
        deviceId: deviceId!,
        eventKey: `i:${id}`,
        type,
        ts,
        receivedAt: firstReceivedAt ?? receivedAt,
        data,
      });
    }
    // what is taken in again is no sign of life, and what was kept by a broker only of the past
    if (!live) return;
    if (deviceId !== undefined) out.lastSeen.set(deviceId, receivedAt);
    if (word.kind === 'bridge') {
      this.attendance.bridge(bridge.id, presences[word.state]);
      out.connections.set(bridge.id, word.state === 'online' ? 'online' : 'offline');
    } else if (!retain) this.attendance.bridge(bridge.id, 'there');
    if (word.kind === 'part') this.attendance.part(bridge.id, word.externalId, word.part, word.works);
    this.review(bridge, codec, receivedAt, out);
  }

  /** Tells of the devices whose state is another now. */
  private review(bridge: RegisteredBridge, codec: BridgeCodec, at: number, out: DecodedBatch): void {
    for (const { deviceId, state, ts, because } of this.attendance.changes(
      bridge.id,
      this.devices.under(bridge.id),
      at,
    )) {
      const type = state === 'online' ? codec.online : codec.offline;
      out.connections.set(deviceId, state);
      const data = because === undefined ? {} : { because };
      add(out, codec.domain, { deviceId, eventKey: `t:${type}@${ts}`, type, ts, receivedAt: at, data });
    }
  }

  private unknown(
    bridgeId: string,
    externalId: string,
    at: number,
    reject: (reason: RejectReason, detail: string) => void,
  ): void {
    const key = `${bridgeId} ${externalId}`;
    if (at - (this.unknownToldAt.get(key) ?? -Infinity) < unknownAgainMs) return telemetryMetrics.bridgeIgnored.inc();
    this.unknownToldAt.delete(key);
    this.unknownToldAt.set(key, at);
    if (this.unknownToldAt.size > maxUnknown) this.unknownToldAt.delete(this.unknownToldAt.keys().next().value!);
    reject('unregistered-device', `${externalId} is not registered under ${bridgeId}`);
  }
}

function add(out: DecodedBatch, domain: string, event: Omit<DeviceEvent, 'dataJson'>): void {
  out.events.push({ ...event, dataJson: JSON.stringify(event.data) });
  const { deviceId, eventKey, type, ts, data, receivedAt } = event;
  out.inputs.push({ kind: 'event', deviceId, domain, type, ts, eventKey, data, receivedAt });
}
