import { Inject, Injectable } from '@nestjs/common';
import type { RejectReason } from '@sc/contracts';
import { IDS, type Ids } from '@sc/platform/clock';
import { type Database, DATABASE, type Transaction } from '@sc/platform/database';
import { LOGGER, type Logger } from '@sc/platform/logging';
import type { InboundMessage } from '@sc/platform/mqtt';
import { type Kysely, sql } from 'kysely';

export interface DeadLetter {
  message: InboundMessage;
  reason: RejectReason;
  detail: string;
}

/** The newest this many are kept. */
export const maxDeadLetters = 10_000;
const keptPayloadBytes = 4096;
const pruneEvery = 500;

/** What devices sent and nobody could use, with the reason; a bounded list. */
@Injectable()
export class DeadLetters {
  private sincePrune = pruneEvery;
  private pruning: Promise<void> | undefined;

  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async add({ db, emit }: Transaction, letters: readonly DeadLetter[]): Promise<void> {
    if (letters.length === 0) return;
    for (let start = 0; start < letters.length; start += 1000) {
      await db
        .insertInto('deadLetters')
        .values(
          letters.slice(start, start + 1000).map(({ message, reason, detail }) => ({
            id: this.ids.next(),
            deviceId: message.deviceId,
            topic: message.topic,
            payload: message.payload.subarray(0, keptPayloadBytes),
            payloadBytes: message.payloadBytes,
            reason,
            detail: detail.replaceAll('\0', '?').toWellFormed(),
            // the first receipt stands for a missing `ts`, however often it is replayed: the identity must not move (P2)
            receivedAt: new Date(message.firstReceivedAt ?? message.receivedAt),
          })),
        )
        .execute();
    }
    // one event for all: a broken device must not flood the outbox too
    const devices = new Set(letters.map(({ message }) => message.deviceId));
    const deviceId = devices.size === 1 ? [...devices][0]! : null;
    emit({
      type: 'dead-letter.added.v1',
      payload: { kind: 'message', count: letters.length, deviceId },
      areaId: null,
      subjectId: deviceId ?? 'dead-letters',
    });
  }

  /** After the commit: forgets the oldest beyond the bound, now and then, without anybody waiting for it. */
  added(count: number): void {
    this.sincePrune += count;
    if (this.sincePrune < pruneEvery || this.pruning) return;
    this.sincePrune = 0;
    this.pruning = this.prune()
      .catch((error: unknown) => this.logger.warn({ error: String(error) }, 'dead letters not pruned'))
      .finally(() => (this.pruning = undefined));
  }

  async stop(): Promise<void> {
    await this.pruning;
  }

  private async prune(): Promise<void> {
    await sql`delete from dead_letters where (received_at, id) <= (
      select received_at, id from dead_letters order by received_at desc, id desc offset ${maxDeadLetters} limit 1)`.execute(
      this.database,
    );
  }
}
