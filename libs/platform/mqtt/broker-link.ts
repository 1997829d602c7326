import { setTimeout as wait } from 'node:timers/promises';
import { BrokerConnection, type ConnectionOptions } from './broker-connection.js';
import type { Logger } from '@sc/platform/logging';
import { mqttMetrics } from './metrics.js';

interface LinkOptions extends ConnectionOptions {
  name: 'life-safety' | 'normal';
  logger: Logger;
  /** A connection is over; what it brought and nobody has acknowledged comes again on the next. */
  lost: (connection: BrokerConnection) => void;
}

/** Keeps one connection to the broker, for ever: after each loss another one, with back-off. */
export class BrokerLink {
  connection: BrokerConnection | undefined;
  /** Since when nothing can come in (ms since the epoch). */
  disconnectedSince: number | undefined;
  /** Everything that reached the broker up to this moment is here. */
  private caughtUpAt: number;
  private retryMs: number;
  private wasConnected = false;
  private running: Promise<void> | undefined;
  private readonly stopping = new AbortController();

  constructor(private readonly options: LinkOptions) {
    this.caughtUpAt = options.clock.now();
    this.disconnectedSince = this.caughtUpAt;
    this.retryMs = options.limits.firstRetryMs;
  }

  start(): void {
    this.running ??= this.run();
  }

  async stop(limitMs: number): Promise<void> {
    this.stopping.abort();
    await this.connection?.leave(limitMs);
    await this.running;
  }

  /** What reached the broker later than this may still be there. */
  heardUpTo(): number {
    const now = this.connection?.caughtUpAt;
    if (now !== undefined) this.caughtUpAt = now;
    return this.caughtUpAt;
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const connection = new BrokerConnection(this.options);
      this.connection = connection;
      const refused = await connection.ready().then(
        () => this.connected(connection),
        () => true,
      );
      const reason = await connection.ended;
      this.heardUpTo();
      this.options.lost(connection);
      if (this.stopping.signal.aborted) return;
      if (!refused) this.disconnectedSince = this.options.clock.now();
      await this.pause(reason);
    }
  }

  private connected(connection: BrokerConnection): void {
    const { name, address, logger, limits } = this.options;
    this.disconnectedSince = undefined;
    this.retryMs = limits.firstRetryMs;
    mqttMetrics.brokerConnected.set({ connection: name }, 1);
    const fields = { broker: address.shown, connection: name, sessionPresent: connection.sessionPresent };
    // a broker that was killed has lost what it had not saved, with what it held for us
    if (this.wasConnected && !connection.sessionPresent) {
      mqttMetrics.brokerSessionsLost.inc({ connection: name });
      logger.error(fields, 'mqtt broker has forgotten our session: what it held for us is lost');
    } else logger.info(fields, 'mqtt broker connected');
    this.wasConnected = true;
  }

  private async pause(reason: string): Promise<void> {
    const { name, address, logger, limits } = this.options;
    mqttMetrics.brokerConnected.set({ connection: name }, 0);
    logger.warn(
      { broker: address.shown, connection: name, reason, retryInMs: this.retryMs },
      'mqtt broker not connected',
    );
    await wait(this.retryMs, undefined, { signal: this.stopping.signal, ref: false }).catch(() => undefined);
    this.retryMs = Math.min(this.retryMs * 2, limits.lastRetryMs);
  }
}
