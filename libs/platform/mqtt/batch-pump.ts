import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '@sc/platform/clock';
import type { Logger } from '@sc/platform/logging';
import { entryOverheadBytes, type LaneName, laneNames, Lanes, type PendingMessage, type Sender } from './lanes.js';
import type { BatchHandler, InboundBatch, InboundMessage, Keep } from './message.js';
import { mqttMetrics } from './metrics.js';
import type { BrokerLimits } from './options.js';

type PumpLimits = Pick<BrokerLimits, 'maxBatchMessages' | 'maxBatchBytes'>;

/** A batch between its being taken and its acknowledgements. */
interface Flight {
  readonly taken: readonly PendingMessage[];
  readonly startedAt: number;
  kept: boolean;
}

const firstRetryMs = 100;
const lastRetryMs = 5000;
/**
 * Batches of a lane whose readings are on their way to the disk: one is being written, one waits for it, one is filled
 * meanwhile. More would only wait longer.
 */
const maxFlights = 3;
/** A store that takes longer than this holds up acknowledgements, not alarms: of life safety more is taken, up to the bound of bytes. */
const patienceMs = 200;

/**
 * The loop that clocks itself: take what has arrived, life safety first, have it handled, let it be kept, acknowledge,
 * repeat. Handling goes one batch after the other; while one is being kept the next is handled. Batches of a lane are
 * acknowledged in their order, so messages of one client are too.
 */
export class BatchPump {
  pendingBytes = 0;
  pendingMessages = 0;
  private readonly lanes = new Lanes();
  private readonly flights: Record<LaneName, Flight[]> = { 'life-safety': [], normal: [] };
  private presence = new Map<string, 'online' | 'offline'>();
  private tickWanted = false;
  private running: Promise<void> | undefined;
  private readonly keeping = new Set<Promise<void>>();
  /** Since when what is under way fails, each by itself. */
  private readonly failing = new Map<object, number>();
  private readonly stopping = new AbortController();

  constructor(
    private readonly handle: BatchHandler,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly limits: PumpLimits,
    private readonly around: {
      /** Gets the batch that is committed, and must call `acknowledge`. */
      acknowledging(batch: readonly PendingMessage[], acknowledge: () => void): void;
      /** Since when bytes are left unread in sockets because of a bound, if they are. */
      unreadSince(): number | undefined;
    },
  ) {}

  /** Since when a batch under way fails (ms since the epoch). */
  get stalledSince(): number | undefined {
    return this.failing.size > 0 ? Math.min(...this.failing.values()) : undefined;
  }

  offer(pending: PendingMessage): void {
    pending.sender.pending.add(pending);
    pending.sender.pendingBytes += pending.bytes;
    this.pendingBytes += pending.bytes;
    this.pendingMessages += 1;
    this.lanes.push(pending);
    this.kick();
  }

  /** As `offer`, for a message without a connection. Resolves at its commit; rejects on a stop, or when `signal` aborts before its turn. */
  inject(message: InboundMessage, lifeSafety: boolean, signal: AbortSignal): Promise<void> {
    const given = AbortSignal.any([signal, this.stopping.signal]);
    if (given.aborted) return Promise.reject(new Error('not taken in: stopping'));
    return new Promise((resolve, reject) => {
      const pending: PendingMessage = {
        message,
        bytes: message.payload.length + message.topic.length + entryOverheadBytes,
        sender: { pending: new Set(), pendingBytes: 0, lifeSafety },
        deliver: true,
        survivesClose: true,
        acknowledge: () => resolve(),
        state: 'waiting',
      };
      given.addEventListener(
        'abort',
        () => {
          if (pending.state === 'waiting') {
            pending.state = 'dropped';
            this.release(pending);
          }
          reject(new Error('not taken in: the commit waits too long, or stopping'));
        },
        { once: true },
      );
      this.offer(pending);
    });
  }

  /** A later word about the same device replaces an earlier one, so this never holds more than one per device. */
  notePresence(deviceId: string, state: 'online' | 'offline'): void {
    this.presence.set(deviceId, state);
    this.kick();
  }

  /** Asks for a batch even if nothing has arrived: time itself may be an event. */
  tick(): void {
    this.tickWanted = true;
    this.kick();
  }

  /** Forgets what a closed connection sent and nobody has acknowledged: its device sends it again. */
  drop(sender: Sender): void {
    for (const pending of sender.pending) {
      // QoS 0 never comes again, and a will is for this very moment
      if (pending.state !== 'waiting' || pending.survivesClose || pending.message.qos === 0) continue;
      pending.state = 'dropped';
      this.release(pending);
    }
  }

  /** Writes down what waits, for the metrics. */
  measure(): void {
    mqttMetrics.pendingMessages.set(this.pendingMessages);
    mqttMetrics.pendingBytes.set(this.pendingBytes);
    const oldest = this.oldestPendingAt();
    mqttMetrics.oldestPendingSeconds.set(oldest === undefined ? 0 : (this.clock.now() - oldest) / 1000);
  }

  /** Lets the batches under way finish, at most `limitMs`; what waits is not acknowledged and comes again. */
  async stop(limitMs: number): Promise<void> {
    this.stopping.abort();
    const finished = async (): Promise<void> => {
      await this.running;
      await Promise.all(this.keeping);
    };
    await Promise.race([finished(), wait(limitMs, undefined, { ref: false })]);
  }

  /** Of those that nobody has acknowledged yet. */
  private oldestPendingAt(): number | undefined {
    const arrivals = laneNames.flatMap((lane) => this.flights[lane][0]?.taken[0]?.message.receivedAt ?? []);
    const waiting = this.lanes.oldestAt();
    if (waiting !== undefined) arrivals.push(waiting);
    return arrivals.length > 0 ? Math.min(...arrivals) : undefined;
  }

  private kick(): void {
    if (this.running || this.stopping.signal.aborted || !this.hasWork()) return;
    this.running = this.run().finally(() => {
      this.running = undefined;
      this.kick();
    });
  }

  private hasWork(): boolean {
    return this.tickWanted || this.presence.size > 0 || this.nextLane() !== undefined;
  }

  private nextLane(): LaneName | undefined {
    return this.lanes.next((lane) => {
      const flights = this.flights[lane];
      if (flights.length < maxFlights) return true;
      return lane === 'life-safety' && this.clock.now() - flights[0]!.startedAt > patienceMs;
    });
  }

  private async run(): Promise<void> {
    // everything that this turn of the event loop reads goes together
    await nextTurn();
    while (!this.stopping.signal.aborted && this.hasWork()) {
      const lane = this.nextLane();
      const startedAt = this.clock.now();
      const taken = lane ? this.lanes.take(lane, this.limits.maxBatchMessages, this.limits.maxBatchBytes) : [];
      const flight: Flight = { taken, startedAt, kept: false };
      if (lane) this.flights[lane].push(flight);
      const batch = this.toBatch(taken);
      const handled = await this.untilDone(flight, batch, () => this.handle(batch));
      if (!handled) return;
      const keep = handled.result;
      if (!keep) this.kept(flight, lane);
      else this.startKeeping(flight, lane, batch, keep);
      await nextTurn();
    }
  }

  private startKeeping(flight: Flight, lane: LaneName | undefined, batch: InboundBatch, keep: Keep): void {
    const keeping = this.untilDone(flight, batch, keep).then((done) => {
      this.keeping.delete(keeping);
      if (done) this.kept(flight, lane);
    });
    this.keeping.add(keeping);
  }

  /** Acknowledges it, and those behind it that only waited for it. */
  private kept(flight: Flight, lane: LaneName | undefined): void {
    flight.kept = true;
    if (!lane) return;
    const flights = this.flights[lane];
    while (flights[0]?.kept) {
      const { taken, startedAt } = flights.shift()!;
      this.around.acknowledging(taken, () => {
        for (const pending of taken) {
          this.release(pending);
          this.acknowledge(pending);
        }
      });
      mqttMetrics.messages.inc({ lane }, taken.length);
      mqttMetrics.batchSize.observe(taken.length);
      mqttMetrics.batchSeconds.observe((this.clock.now() - startedAt) / 1000);
    }
    this.kick();
  }

  private toBatch(taken: readonly PendingMessage[]): InboundBatch {
    this.tickWanted = false;
    const presence = this.takePresence();
    const now = this.clock.now();
    return {
      messages: taken.filter((pending) => pending.deliver).map((pending) => pending.message),
      presence,
      asOf: Math.min(now, this.lanes.oldestAt() ?? now, this.around.unreadSince() ?? now),
    };
  }

  private takePresence(): ReadonlyMap<string, 'online' | 'offline'> {
    if (this.presence.size <= this.limits.maxBatchMessages) {
      const all = this.presence;
      this.presence = new Map();
      return all;
    }
    const some = new Map([...this.presence].slice(0, this.limits.maxBatchMessages));
    for (const deviceId of some.keys()) this.presence.delete(deviceId);
    return some;
  }

  /** Tries again with back-off, for ever; `undefined` when we stop before it is done. */
  private async untilDone<T>(
    flight: Flight,
    batch: InboundBatch,
    work: () => Promise<T>,
  ): Promise<{ result: T } | undefined> {
    for (let delay = firstRetryMs; ; delay = Math.min(delay * 2, lastRetryMs)) {
      try {
        const result = await work();
        const failedSince = this.failing.get(flight);
        if (this.failing.delete(flight)) this.logger.info({ stalledSince: failedSince }, 'mqtt batch recovered');
        return { result };
      } catch (error) {
        if (!this.failing.has(flight)) this.failing.set(flight, this.clock.now());
        mqttMetrics.retries.inc();
        this.logger.warn(
          { error: describe(error), messages: batch.messages.length, retryInMs: delay },
          'mqtt batch failed',
        );
      }
      await wait(delay, undefined, { signal: this.stopping.signal, ref: false }).catch(() => undefined);
      if (this.stopping.signal.aborted) return undefined;
    }
  }

  /** One connection that cannot be written to must not keep the others from their acknowledgements. */
  private acknowledge(pending: PendingMessage): void {
    try {
      pending.acknowledge();
    } catch (error) {
      this.logger.warn({ deviceId: pending.message.deviceId, error: describe(error) }, 'mqtt acknowledgement not sent');
    }
  }

  private release(pending: PendingMessage): void {
    if (!pending.sender.pending.delete(pending)) return;
    pending.sender.pendingBytes -= pending.bytes;
    this.pendingBytes -= pending.bytes;
    this.pendingMessages -= 1;
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
