import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import { DeviceRegistry } from '@sc/features/devices';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { type Database, DATABASE, type Row } from '@sc/platform/database';
import { Loop, Wake } from '@sc/platform/jobs';
import { LOGGER, type Logger } from '@sc/platform/logging';
import type { InboundMessage } from '@sc/platform/mqtt';
import type { Kysely } from 'kysely';
import { replayLimitMs } from './replay-limit.js';

/** Puts a message among those that devices send now; resolves when it is on disk. Rejects on a stop or when `signal` aborts while it waits. */
type Inlet = (message: InboundMessage, signal: AbortSignal) => Promise<void>;

const atOnce = 20;

/**
 * Takes dead letters in again that somebody asked for, by the way that messages of devices take and in the same order of
 * commits. Handled first, marked then: a crash between the two replays it again, which changes nothing (P2).
 */
@Injectable()
export class MessageReplayer implements BeforeApplicationShutdown {
  private inlet: Inlet | undefined;
  private unsubscribe: () => void = () => undefined;
  private readonly loop: Loop;

  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(DeviceRegistry) private readonly registry: DeviceRegistry,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly wake: Wake,
  ) {
    this.loop = new Loop(() => this.replayAsked(), {
      idleMs: 1000,
      maxBackoffMs: 5000,
      onError: (error, failures) => logger.warn({ err: error, failures }, 'dead letters not looked at'),
    });
  }

  /** Where messages go in; from here on what is asked for is done. */
  connect(inlet: Inlet): void {
    this.inlet = inlet;
    this.unsubscribe = this.wake.on('replays', () => this.loop.wake());
    this.loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.unsubscribe();
    await this.loop.stop();
  }

  private async replayAsked(): Promise<boolean> {
    const letters = await this.database
      .selectFrom('deadLetters')
      .selectAll()
      .where('replayAskedAt', 'is not', null)
      .orderBy('replayAskedAt')
      .limit(atOnce)
      .execute();
    if (letters.length === 0) return false;
    await this.learnOfDevices();
    await Promise.all(letters.map((letter) => this.replay(letter)));
    return letters.length === atOnce;
  }

  private async replay(letter: Row<'deadLetters'>): Promise<void> {
    const taken = await this.takeIn(letter);
    await this.database
      .updateTable('deadLetters')
      .set({ replayAskedAt: null, ...(taken ? { replayedAt: new Date(this.clock.now()) } : {}) })
      .where('id', '=', letter.id)
      .execute();
  }

  private async takeIn({
    id,
    topic,
    payload,
    payloadBytes,
    deviceId,
    receivedAt,
  }: Row<'deadLetters'>): Promise<boolean> {
    if (!this.inlet || deviceId === null) return false;
    const message: InboundMessage = {
      topic,
      payload,
      payloadBytes,
      qos: 1,
      retain: false,
      deviceId,
      receivedAt: this.clock.now(),
      firstReceivedAt: receivedAt.getTime(),
    };
    try {
      await this.inlet(message, AbortSignal.timeout(replayLimitMs));
      return true;
    } catch (error) {
      this.logger.warn({ id, error: String(error) }, 'dead letter not replayed');
      return false;
    }
  }

  /** Whoever registered the device a moment ago means it to count. A refresh under way may have read before that, so the second counts. */
  private async learnOfDevices(): Promise<void> {
    await this.registry.refresh();
    await this.registry.refresh();
  }
}
