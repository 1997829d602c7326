import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '@sc/platform/clock';
import type { Logger } from '@sc/platform/logging';
import { Fifo } from './fifo.js';
import type { InboundBatch, InboundMessage } from './message.js';
import { mqttMetrics } from './metrics.js';
import type { BrokerLimits } from './options.js';
import type { Connection } from './session.js';

/** Whose messages wait together: a connection, or nobody's for those that are taken in again. */
interface Sender {
  readonly pending: Set<PendingMessage>;
  pendingBytes: number;
  readonly lifeSafety: boolean;
  readonly connection?: Connection;
}

/** Book-keeping of one waiting message beside its topic and payload. */
export const entryOverheadBytes = 256;

/** A message between its arrival and its acknowledgement. */
export interface PendingMessage {
  readonly message: InboundMessage;
  readonly bytes: number;
  readonly sender: Sender;
  /** False for what is only acknowledged in its turn (a refused topic). */
  readonly deliver: boolean;
  /** A will is sent for a device that is gone, so its closed connection does not drop it. */
  readonly survivesClose: boolean;
  readonly acknowledge: () => void;
  state: 'waiting' | 'taken' | 'dropped';
}

type PumpLimits = Pick<BrokerLimits, 'maxBatchMessages' | 'maxBatchBytes'>;

const firstRetryMs = 100;
const lastRetryMs = 5000;

/**
 * The loop that clocks itself: take what has arrived, life safety first, have it handled, acknowledge, repeat. One batch
 * is in flight at a time, so messages of one client are acknowledged in their order.
 */
export class BatchPump {
  /** Since when the running batch fails (ms since the epoch). */
  stalledSince: number | undefined;
  pendingBytes = 0;
  pendingMessages = 0;
  private readonly urgent = new Fifo<PendingMessage>();
  private readonly normal = new Fifo<PendingMessage>();
  private presence = new Map<string, 'online' | 'offline'>();
  private tickWanted = false;
  private lastWasUrgentOnly = false;
  private running: Promise<void> | undefined;
  private readonly stopping = new AbortController();

  constructor(
    private readonly handle: (batch: InboundBatch) => Promise<void>,
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

  offer(pending: PendingMessage): void {
    pending.sender.pending.add(pending);
    pending.sender.pendingBytes += pending.bytes;
    this.pendingBytes += pending.bytes;
    this.pendingMessages += 1;
    (pending.sender.lifeSafety ? this.urgent : this.normal).push(pending);
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

  oldestPendingAt(): number | undefined {
    const heads = [head(this.urgent), head(this.normal)].filter((one) => one !== undefined);
    return heads.length ? Math.min(...heads.map((one) => one.message.receivedAt)) : undefined;
  }

  /** Writes down what waits, for the metrics. */
  measure(): void {
    mqttMetrics.pendingMessages.set(this.pendingMessages);
    mqttMetrics.pendingBytes.set(this.pendingBytes);
    const oldest = this.oldestPendingAt();
    mqttMetrics.oldestPendingSeconds.set(oldest === undefined ? 0 : (this.clock.now() - oldest) / 1000);
  }

  /** Lets the running batch finish, at most `limitMs`; what waits is not acknowledged and comes again. */
  async stop(limitMs: number): Promise<void> {
    this.stopping.abort();
    if (this.running) await Promise.race([this.running, wait(limitMs, undefined, { ref: false })]);
  }

  private kick(): void {
    if (this.running || this.stopping.signal.aborted) return;
    this.running = this.run().finally(() => {
      this.running = undefined;
      if (this.hasWork()) this.kick();
    });
  }

  private hasWork(): boolean {
    return this.tickWanted || this.presence.size > 0 || !!head(this.urgent) || !!head(this.normal);
  }

  private async run(): Promise<void> {
    // everything that this turn of the event loop reads goes together
    await nextTurn();
    while (!this.stopping.signal.aborted && this.hasWork()) {
      const started = this.clock.now();
      const taken = this.take();
      const batch = this.toBatch(taken);
      if (!(await this.handleUntilDone(batch))) return;
      this.around.acknowledging(taken, () => {
        for (const pending of taken) {
          this.release(pending);
          this.acknowledge(pending);
        }
      });
      this.count(taken, started);
      await nextTurn();
    }
  }

  private toBatch(taken: readonly PendingMessage[]): InboundBatch {
    this.tickWanted = false;
    const presence = this.takePresence();
    const now = this.clock.now();
    return {
      messages: taken.filter((pending) => pending.deliver).map((pending) => pending.message),
      presence,
      asOf: Math.min(now, this.oldestPendingAt() ?? now, this.around.unreadSince() ?? now),
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

  /** Urgent alone first; when it was alone the last time, the others fill up what is left, so that they never starve. */
  private take(): PendingMessage[] {
    const taken: PendingMessage[] = [];
    const room = { messages: this.limits.maxBatchMessages, bytes: this.limits.maxBatchBytes };
    this.takeFrom(this.urgent, taken, room);
    const alone = taken.length > 0 && !this.lastWasUrgentOnly;
    if (!alone) this.takeFrom(this.normal, taken, room);
    this.lastWasUrgentOnly = alone;
    return taken;
  }

  private takeFrom(
    lane: Fifo<PendingMessage>,
    taken: PendingMessage[],
    room: { messages: number; bytes: number },
  ): void {
    for (
      let next = head(lane);
      next && room.messages > 0 && (room.bytes >= next.bytes || taken.length === 0);
      next = head(lane)
    ) {
      lane.shift();
      next.state = 'taken';
      room.messages -= 1;
      room.bytes -= next.bytes;
      taken.push(next);
    }
  }

  /** True when the batch is handled; false when we stop before it is. */
  private async handleUntilDone(batch: InboundBatch): Promise<boolean> {
    for (let delay = firstRetryMs; ; delay = Math.min(delay * 2, lastRetryMs)) {
      try {
        await this.handle(batch);
        if (this.stalledSince !== undefined)
          this.logger.info({ stalledSince: this.stalledSince }, 'mqtt batch recovered');
        this.stalledSince = undefined;
        return true;
      } catch (error) {
        this.stalledSince ??= this.clock.now();
        mqttMetrics.retries.inc();
        this.logger.warn(
          { error: describe(error), messages: batch.messages.length, retryInMs: delay },
          'mqtt batch failed',
        );
      }
      await wait(delay, undefined, { signal: this.stopping.signal, ref: false }).catch(() => undefined);
      if (this.stopping.signal.aborted) return false;
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

  private count(taken: readonly PendingMessage[], started: number): void {
    if (taken.length === 0) return;
    const urgent = taken.reduce((sum, pending) => sum + (pending.sender.lifeSafety ? 1 : 0), 0);
    mqttMetrics.messages.inc({ lane: 'life-safety' }, urgent);
    mqttMetrics.messages.inc({ lane: 'normal' }, taken.length - urgent);
    mqttMetrics.batchSize.observe(taken.length);
    mqttMetrics.batchSeconds.observe((this.clock.now() - started) / 1000);
  }
}

/** The first that is not dropped. */
function head(lane: Fifo<PendingMessage>): PendingMessage | undefined {
  let next = lane.peek();
  while (next?.state === 'dropped') {
    lane.shift();
    next = lane.peek();
  }
  return next;
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
