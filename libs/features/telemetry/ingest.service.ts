import { Inject, Injectable } from '@nestjs/common';
import type { Domain } from '@sc/contracts';
import { AlarmReconciler } from '@sc/features/alarms';
import { DetectionEngine } from '@sc/features/detection';
import { DeviceRegistry } from '@sc/features/devices';
import { type Database, DATABASE } from '@sc/platform/database';
import { FAULT_HOOKS, type FaultHooks } from '@sc/platform/faults';
import { LOGGER, type Logger } from '@sc/platform/logging';
import type { InboundBatch, Keep } from '@sc/platform/mqtt';
import { type Reading, TIME_SERIES, type TimeSeries, TimeSeriesUnavailableError } from '@sc/platform/time-series';
import type { Kysely } from 'kysely';
import { BridgeMessages } from './bridge-messages.js';
import { type BatchChanges, ChangeWriter } from './change-writer.js';
import { ConnectionState } from './connection-state.js';
import { DeadLetters } from './dead-letters.js';
import { decodeBatch, type DecodedBatch } from './decode-batch.js';
import { DeviceVitals } from './device-vitals.js';
import { LastSeen } from './last-seen.js';
import { LimitValues } from './limit-values.js';
import { MetricCatalogue } from './metric-catalogue.js';
import { telemetryMetrics } from './metrics.js';
import { Refusals } from './refused-readings.js';

/** Injection token of the `readonly Domain[]` whose metrics are checked. */
export const DOMAINS = Symbol('Domains');

/** Silence is measured in minutes; looking at every device more often would only cost. */
const tickEveryMs = 1000;

/** A batch on its way; kept with it, because detection has moved on and must not see it a second time. */
interface Progress extends DecodedBatch, BatchChanges {
  transactionDone: boolean;
}

/**
 * decode → detect → [alarm changes, events, dead letters ▶ PostgreSQL] → [readings ▶ time series]. In this order: a
 * reading that is already stored is detected on again, but an alarm lost behind a stored reading would stay lost.
 */
@Injectable()
export class IngestService {
  private readonly progress = new WeakMap<InboundBatch, Progress>();
  private readonly metrics: MetricCatalogue;
  private readonly limits: LimitValues;
  private readonly refusals = new Refusals();
  private tickedAt = 0;
  private stopFollowing: () => void = () => undefined;

  constructor(
    @Inject(DeviceRegistry) private readonly registry: DeviceRegistry,
    @Inject(DetectionEngine) private readonly detection: DetectionEngine,
    @Inject(AlarmReconciler) private readonly reconciler: AlarmReconciler,
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(TIME_SERIES) private readonly timeSeries: TimeSeries,
    @Inject(ChangeWriter) private readonly changes: ChangeWriter,
    @Inject(ConnectionState) private readonly connections: ConnectionState,
    @Inject(DeadLetters) private readonly deadLetters: DeadLetters,
    @Inject(BridgeMessages) private readonly bridges: BridgeMessages,
    @Inject(LastSeen) private readonly lastSeen: LastSeen,
    @Inject(DeviceVitals) private readonly vitals: DeviceVitals,
    @Inject(FAULT_HOOKS) private readonly faults: FaultHooks,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(DOMAINS) domains: readonly Domain[],
  ) {
    this.metrics = new MetricCatalogue(domains);
    this.limits = new LimitValues(this.metrics);
  }

  /**
   * What must be known before the first message: the devices, the rules' state, the alarms that stand. The store of readings may be
   * away: alarms go on without. @throws when PostgreSQL is away
   */
  async start(): Promise<void> {
    await this.registry.ready();
    await this.bridges.load(this.database);
    await this.limits.load(this.timeSeries, this.database).catch((error: unknown) => {
      if (!(error instanceof TimeSeriesUnavailableError)) throw error;
      this.logger.warn({ err: error }, 'limits of before are not known: each is learnt with its next reading');
    });
    await this.detection.rebuild(this.timeSeries, this.database, await this.reconciler.standing());
    await this.reconciler.reconcile(this.detection);
    this.stopFollowing = this.registry.onChange(({ deviceId, after }) => {
      this.detection.deviceChanged(deviceId);
      // At once: it may speak in the next moment. Should it fail, it is read again with the rules.
      void this.detection.refreshPlaces(this.database);
      if (after?.state === 'registered') return;
      this.detection.forget(deviceId);
      this.limits.forget(deviceId);
      this.vitals.forget(deviceId);
    });
    this.lastSeen.start();
    this.vitals.start();
  }

  async stop(): Promise<void> {
    this.stopFollowing();
    await this.lastSeen.stop();
    await this.vitals.stop();
    await this.deadLetters.stop();
  }

  /**
   * Resolves when the alarms, events and dead letters of the batch are on disk; its readings are when the answer's `Keep`
   * has resolved. Batches go through here one after the other, in order; their readings need not.
   * Rejects when PostgreSQL is away: call again with the same batch.
   */
  async ingest(batch: InboundBatch): Promise<Keep | undefined> {
    let progress = this.progress.get(batch);
    if (!progress) {
      await this.registry.learn(batch.messages);
      progress = this.understand(batch);
      this.progress.set(batch, progress);
    }
    if (!progress.transactionDone) await this.commitChanges(progress);
    const { readings, transitions, lastSeen, inputs } = progress;
    for (const [deviceId, at] of lastSeen) this.lastSeen.note(deviceId, at);
    this.vitals.note(inputs);
    if (readings.length === 0) return undefined;
    if (transitions.length > 0) this.faults.at('between-commits');
    return () => this.storeReadings(readings);
  }

  private understand(batch: InboundBatch): Progress {
    const { metrics, limits, refusals, bridges } = this;
    const decoded = decodeBatch(batch, { device: (id) => this.registry.get(id), metrics, limits, refusals, bridges });
    const transitions = new Set(decoded.inputs.length > 0 ? this.detection.evaluate(decoded.inputs) : []);
    // Also when our clock was set back: else no time would pass until it is again as late as it was.
    if (Math.abs(batch.asOf - this.tickedAt) >= tickEveryMs) {
      this.tickedAt = batch.asOf;
      for (const transition of this.detection.tick(batch.asOf)) transitions.add(transition);
    }
    for (const { reason } of decoded.deadLetters) telemetryMetrics.rejected.inc({ reason });
    telemetryMetrics.events.inc(decoded.events.length);
    const connectionChanges = this.connections.changesOf(decoded.connections);
    return { ...decoded, transitions: [...transitions], connectionChanges, transactionDone: false };
  }

  private async commitChanges(progress: Progress): Promise<void> {
    this.detection.committed(await this.changes.commit(progress));
    this.connections.committed(progress.connectionChanges);
    progress.transactionDone = true;
  }

  private async storeReadings(readings: readonly Reading[]): Promise<void> {
    const committed = telemetryMetrics.timeSeriesCommit.startTimer();
    const { stored, duplicates, conflicts, refused = 0 } = await this.timeSeries.append(readings);
    committed();
    telemetryMetrics.readings.inc({ result: 'stored' }, stored);
    telemetryMetrics.readings.inc({ result: 'duplicate' }, duplicates);
    telemetryMetrics.readings.inc({ result: 'conflict' }, conflicts);
    telemetryMetrics.readings.inc({ result: 'refused' }, refused);
    if (conflicts > 0) this.logger.debug({ conflicts }, 'readings with one identity and two values');
  }
}
