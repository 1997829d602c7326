import type { Logger } from '@sc/platform/logging';
import { createPostgresRelayBackend, Relay } from 'bullmq';
import { type QueueConnection, redisReconnect, within } from './connection.js';

/** Between two hints about one topic: listeners look at everything new, so more of them would tell nothing more. */
const pauseMs = 25;
const limitMs = 5_000;
const maxBackoffMs = 30_000;

/**
 * Carries "look now" to other processes over BullMQ's relay, which is experimental and drops for a reader that stands still: it may be
 * dead for ever and nothing but the wait for the next poll changes. Messages hold the name of a topic and nothing else.
 */
export class WakeRelay<Topic extends string> {
  private relay: Relay<unknown> | undefined;
  /** Whether it works, as far as we know: only changes of that are worth a warning. */
  private healthy = true;
  private failures = 0;
  private retry: NodeJS.Timeout | undefined;
  private stopped = false;
  /** Topics with a hint on its way; `true` when another has to follow. */
  private readonly sending = new Map<Topic, boolean>();

  constructor(
    private readonly connection: QueueConnection,
    private readonly onTopic: (topic: Topic) => void,
    private readonly logger: Logger,
  ) {}

  /** Returns at once; connecting goes on by itself, as long as it takes. */
  start(): void {
    if (this.stopped) return;
    const relay = this.open();
    this.relay = relay;
    relay.on('error', (error: Error) => this.failed(error));
    relay
      .waitUntilReady()
      .then(() => relay.subscribe('wake.>', ({ topic }) => this.received(relay, topic)))
      .then(() => {
        this.failures = 0;
        this.healthy = true;
        this.logger.debug({}, 'wake relay listens');
      })
      .catch((error: unknown) => this.restart(relay, error));
  }

  /** Never throws and never waits. */
  send(topic: Topic): void {
    if (this.stopped || !this.relay) return;
    const isOnItsWay = this.sending.has(topic);
    this.sending.set(topic, isOnItsWay);
    if (!isOnItsWay) void this.publish(topic);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.retry);
    await within(limitMs, this.relay?.close() ?? Promise.resolve()).catch((error: unknown) => this.failed(error));
  }

  private open(): Relay<unknown> {
    const { kind, url } = this.connection;
    const namespace = 'smart-community';
    if (kind === 'redis') return new Relay({ namespace, connection: { url, ...redisReconnect } }) as Relay<unknown>;
    return new Relay({
      namespace,
      connection: { connectionString: url, max: 2, connectionTimeoutMillis: limitMs },
      backend: createPostgresRelayBackend,
    }) as unknown as Relay<unknown>;
  }

  /** Topic and sender, so that nobody is woken by itself a second time. */
  private received(relay: Relay<unknown>, message: string): void {
    const [, topic, sender] = message.split('.');
    if (topic && sender !== relay.nodeId) this.onTopic(topic as Topic);
  }

  private async publish(topic: Topic): Promise<void> {
    do {
      this.sending.set(topic, false);
      try {
        const { relay } = this;
        if (relay) await within(limitMs, relay.publish(`wake.${topic}.${relay.nodeId}`, topic));
      } catch (error) {
        this.failed(error);
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMs).unref());
    } while (this.sending.get(topic) && !this.stopped);
    this.sending.delete(topic);
  }

  private restart(relay: Relay<unknown>, error: unknown): void {
    this.failed(error);
    void relay.close().catch(() => undefined);
    if (this.stopped || this.relay !== relay) return;
    this.relay = undefined;
    this.failures += 1;
    const waitMs = Math.min(maxBackoffMs, 500 * 2 ** Math.min(this.failures, 10));
    this.retry = setTimeout(() => this.start(), waitMs);
    this.retry.unref();
  }

  private failed(error: unknown): void {
    this.logger[this.healthy ? 'warn' : 'debug']({ err: error }, 'wake relay does not work; listeners poll');
    this.healthy = false;
  }
}
