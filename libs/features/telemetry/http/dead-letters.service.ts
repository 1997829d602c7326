import { Inject, Injectable, Optional } from '@nestjs/common';
import type { Person } from '@sc/contracts';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { type Transaction, UnitOfWork } from '@sc/platform/database';
import { ProblemError } from '@sc/platform/http';
import { Wake } from '@sc/platform/jobs';
import { DEAD_LETTER_REPLAYER, type DeadLetterReplayer } from './dead-letter-replayer.js';
import { DeadLettersReadModel } from './dead-letters-read-model.js';

@Injectable()
export class DeadLettersService {
  /** Two clicks at once are one replay. */
  private readonly underWay = new Set<string>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly readModel: DeadLettersReadModel,
    private readonly wake: Wake,
    @Inject(CLOCK) private readonly clock: Clock,
    @Optional() @Inject(DEAD_LETTER_REPLAYER) private readonly replayer?: DeadLetterReplayer,
  ) {}

  /** Tries a message or a job once more. @throws ProblemError `not-found`, `conflict` (already replayed, or cut), `unavailable` */
  async replay(person: Person, id: string): Promise<void> {
    const message = await this.readModel.findMessage(person, id);
    if (message) await this.replayMessage(person, message);
    else await this.replayJob(person, id);
  }

  private async replayMessage(
    person: Person,
    message: { id: string; payload: Buffer; payloadBytes: number; replayedAt: Date | null },
  ): Promise<void> {
    if (message.replayedAt) throw new ProblemError('conflict', 'already replayed');
    if (message.payload.length < message.payloadBytes)
      throw new ProblemError('conflict', 'only the beginning of this message was kept');
    if (!this.replayer) throw new ProblemError('unavailable', 'messages are not taken in by this process');
    if (this.underWay.has(message.id)) throw new ProblemError('conflict', 'is being replayed');
    this.underWay.add(message.id);
    try {
      // Handled first, marked then: a crash between the two replays it again, which changes nothing (P2).
      await this.replayer.replay(message.id);
      await this.mark(person, message.id);
    } finally {
      this.underWay.delete(message.id);
    }
  }

  private async mark(person: Person, id: string): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      await transaction.db
        .updateTable('deadLetters')
        .set({ replayedAt: new Date(this.clock.now()) })
        .where('id', '=', id)
        .execute();
      note(transaction, person, id, 'message');
    });
  }

  private async replayJob(person: Person, id: string): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      const now = new Date(this.clock.now());
      const { numUpdatedRows } = await transaction.db
        .updateTable('jobs')
        .set({ state: 'pending', attempts: 0, dueAt: now, finishedAt: null, replayedAt: now })
        .where('id', '=', id)
        .where('state', '=', 'dead')
        .executeTakeFirst();
      if (!numUpdatedRows) throw new ProblemError('not-found', 'no such dead letter');
      note(transaction, person, id, 'job');
    });
    this.wake.notify('jobs');
  }
}

function note(transaction: Transaction, person: Person, id: string, kind: 'message' | 'job'): void {
  transaction.audit({
    actor: { kind: 'person', id: person.id },
    action: 'dead-letter.replayed',
    subjectType: 'dead-letter',
    subjectId: id,
    change: { kind },
  });
}
