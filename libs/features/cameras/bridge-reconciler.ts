import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import { BridgeRegistry, DeviceRegistry, type RegisteredBridge } from '@sc/features/devices';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { type Database, DATABASE } from '@sc/platform/database';
import { Egress } from '@sc/platform/egress';
import { Loop } from '@sc/platform/jobs';
import { LOGGER, type Logger } from '@sc/platform/logging';
import type { InboundMessage } from '@sc/platform/mqtt';
import type { Kysely } from 'kysely';
import { FrigateApi, FrigateAwayError } from './frigate/frigate-api.js';
import type { FrigateReview } from './frigate/payloads.js';
import { type KnownReview, knownReviews } from './known-reviews.js';
import { cameraMetrics } from './metrics.js';
import { type MissedMessage, missedOf } from './missed-messages.js';

/** Puts a message among those that devices send now; resolves when it is on disk. */
type Inlet = (message: InboundMessage, signal: AbortSignal) => Promise<void>;

const lookEveryMs = 5_000;
/** Frigate speaks with QoS 0: what is lost on an open connection is lost without a sign. So it is asked now and then anyway. */
const askEveryMs = 60_000;
/** A review is listed by its begin, and clocks differ. */
const overlapMs = 10 * 60_000;
/** Older scenes are of no use to anybody on duty. */
const mostBackMs = 7 * 24 * 3_600_000;
const takeInMs = 20_000;
const atOnce = 100;

/**
 * Asks bridges what was lost while they, the network or we were away, at the start, whenever a bridge comes back and once a
 * minute, and takes it in by the way that their messages take. Identity makes it harmless to be told twice. What was
 * asked is remembered in PostgreSQL only when all of it is on disk.
 */
@Injectable()
export class BridgeReconciler implements BeforeApplicationShutdown {
  private inlet: Inlet | undefined;
  private readonly loop: Loop;
  private readonly stopping = new AbortController();
  private readonly askedAt = new Map<string, number>();
  private readonly connected = new Set<string>();

  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(BridgeRegistry) private readonly bridges: BridgeRegistry,
    @Inject(DeviceRegistry) private readonly devices: DeviceRegistry,
    @Inject(Egress) private readonly egress: Egress,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.loop = new Loop(() => this.look(), {
      idleMs: lookEveryMs,
      maxBackoffMs: lookEveryMs * 6,
      onError: (error, failures) => logger.warn({ err: error, failures }, 'bridges not asked for what was missed'),
    });
  }

  /** Where messages go in. */
  connect(inlet: Inlet): void {
    this.inlet = inlet;
  }

  /** To be called when devices, rules and alarms are loaded. */
  start(): void {
    if (this.inlet) this.loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.loop.stop();
  }

  /** Asks the bridges that are due. */
  async look(): Promise<boolean> {
    const rows = await this.database
      .selectFrom('bridges')
      .select(['id', 'connection', 'reviewedUntil', 'createdAt'])
      .execute();
    for (const { id, connection, reviewedUntil, createdAt } of rows) {
      const cameBack = connection === 'online' && !this.connected.has(id);
      if (connection === 'online') this.connected.add(id);
      else this.connected.delete(id);
      const bridge = this.bridges.get(id);
      if (bridge?.state !== 'registered' || bridge.baseUrl === null) continue;
      const due = (this.askedAt.get(id) ?? -Infinity) + askEveryMs <= this.clock.now();
      if (!due && !cameBack) continue;
      this.askedAt.set(id, this.clock.now());
      // what a recorder saw before it was ours is nobody's alarm
      const since = reviewedUntil ? reviewedUntil.getTime() - overlapMs : createdAt.getTime();
      await this.reconcile(bridge, since).catch((error: unknown) => {
        if (!(error instanceof FrigateAwayError)) throw error;
        cameraMetrics.reconciled.inc({ result: 'away' });
        this.logger.warn({ bridgeId: id, reason: error.message }, 'bridge could not be asked, trying again later');
      });
    }
    return false;
  }

  private async reconcile(bridge: RegisteredBridge, wanted: number): Promise<void> {
    const now = this.clock.now();
    const api = new FrigateApi(this.egress, bridge.baseUrl!, this.stopping.signal);
    const since = Math.max(now - mostBackMs, wanted);
    for (const [camera, deviceId] of this.devices.under(bridge.id)) {
      const known = await knownReviews(this.database, deviceId, now - mostBackMs);
      const open = [...known.values()].filter(({ ended }) => !ended);
      const from = Math.min(since, ...open.map(({ startedAt }) => startedAt - 1000));
      const told = await api.reviewsOf(camera, from / 1000, (now + overlapMs) / 1000);
      await this.takeIn(
        bridge,
        told.flatMap((review) => missedOf(review, known.get(review.id), now)),
      );
      const listed = new Set(told.map(({ id }) => id));
      for (const review of open) if (!listed.has(review.id)) await this.settle(bridge, api, camera, review, now);
    }
    await this.database
      .updateTable('bridges')
      .set({ reviewedUntil: new Date(now) })
      .where('id', '=', bridge.id)
      .execute();
  }

  /** A review that we hold for open and Frigate did not list: it is over when Frigate says so, or does not know it any more. */
  private async settle(
    bridge: RegisteredBridge,
    api: FrigateApi,
    camera: string,
    known: KnownReview,
    now: number,
  ): Promise<void> {
    const review = await api.review(known.id);
    if (review) return this.takeIn(bridge, missedOf(review, known, now));
    const start = known.startedAt / 1000;
    const gone: FrigateReview = {
      id: known.id,
      camera,
      start_time: start,
      end_time: start,
      severity: known.severity ?? undefined,
      thumb_path: null,
      data: { detections: [], objects: [], sub_labels: 0, zones: [], audio: [] },
    };
    await this.takeIn(
      bridge,
      missedOf(gone, { ...known, keys: new Set([`i:review:${known.id}:started`]) }, now).slice(-1),
    );
  }

  /** In their order, many in one commit. */
  private async takeIn(bridge: RegisteredBridge, messages: readonly MissedMessage[]): Promise<void> {
    for (let start = 0; start < messages.length; start += atOnce) {
      const signal = AbortSignal.any([this.stopping.signal, AbortSignal.timeout(takeInMs)]);
      const part = messages.slice(start, start + atOnce);
      await Promise.all(part.map((missed) => this.inlet!(this.asMessage(bridge, missed), signal)));
      for (const { type } of part) cameraMetrics.reconciled.inc({ result: type });
    }
  }

  private asMessage({ id, topicPrefix }: RegisteredBridge, { type, after, at }: MissedMessage): InboundMessage {
    const payload = Buffer.from(JSON.stringify({ type, before: null, after }));
    return {
      topic: `${topicPrefix}/reviews`,
      payload,
      payloadBytes: payload.length,
      qos: 1,
      retain: false,
      deviceId: id,
      receivedAt: this.clock.now(),
      // not a sign of life, and the time that stands for one that the message does not tell
      firstReceivedAt: at,
    };
  }
}
