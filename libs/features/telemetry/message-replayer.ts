import { Inject, Injectable } from '@nestjs/common';
import { DeviceRegistry } from '@sc/features/devices';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { type Database, DATABASE } from '@sc/platform/database';
import { ProblemError } from '@sc/platform/http';
import { LOGGER, type Logger } from '@sc/platform/logging';
import type { InboundMessage } from '@sc/platform/mqtt';
import type { Kysely } from 'kysely';
import type { DeadLetterReplayer } from './http/dead-letter-replayer.js';

/** Puts a message among those that devices send now; resolves when it is on disk. Rejects on a stop or when `signal` aborts while it waits. */
type Inlet = (message: InboundMessage, signal: AbortSignal) => Promise<void>;

/** A person waits for the answer. While commits wait, no message is taken in, and the dead letter stays as it is. */
const limitMs = 20_000;

/** Dead letters into the same way that messages of devices take, in the same order of commits. */
@Injectable()
export class MessageReplayer implements DeadLetterReplayer {
  private inlet: Inlet | undefined;

  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(DeviceRegistry) private readonly registry: DeviceRegistry,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Where messages go in; without it nothing can be replayed. */
  connect(inlet: Inlet): void {
    this.inlet = inlet;
  }

  async replay(id: string): Promise<void> {
    const inlet = this.inlet;
    if (!inlet) throw new ProblemError('unavailable', 'messages are not taken in by this process');
    const letter = await this.database.selectFrom('deadLetters').selectAll().where('id', '=', id).executeTakeFirst();
    if (!letter?.deviceId) throw new ProblemError('not-found', 'no such dead letter');
    const { topic, payload, payloadBytes, deviceId, receivedAt } = letter;
    await this.learnOfDevices();
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
      await inlet(message, AbortSignal.timeout(limitMs));
    } catch (error) {
      this.logger.warn({ id, error: String(error) }, 'dead letter not replayed');
      throw new ProblemError('unavailable', 'messages cannot be taken in now');
    }
  }

  /** Whoever registered the device a moment ago means it to count. A refresh under way may have read before that, so the second counts. */
  private async learnOfDevices(): Promise<void> {
    await this.registry.refresh();
    await this.registry.refresh();
  }
}
