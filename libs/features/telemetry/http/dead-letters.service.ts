import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Person } from '@sc/contracts';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database, type Transaction, UnitOfWork } from '@sc/platform/database';
import { ProblemError } from '@sc/platform/http';
import { reviveJobs, Wake } from '@sc/platform/jobs';
import type { Kysely } from 'kysely';
import { refusals } from '../refusals.js';
import { replayLimitMs } from '../replay-limit.js';
import { DeadLettersReadModel } from './dead-letters-read-model.js';

const lookEveryMs = 100;
/** Whoever takes messages in gives up by its own limit and says so; only when nobody takes them in at all this one counts. */
const answerWithinMs = replayLimitMs + 2000;

@Injectable()
export class DeadLettersService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly readModel: DeadLettersReadModel,
    private readonly wake: Wake,
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
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
    if (message.replayedAt) throw new ProblemError('conflict', refusals.replayed);
    if (message.payload.length < message.payloadBytes) throw new ProblemError('conflict', refusals.onlyBeginning);
    await this.ask(person, message.id);
    this.wake.notify('replays');
    if (!(await this.isDone(message.id))) throw new ProblemError('unavailable', refusals.nobodyTakesIn);
  }

  /** Two clicks at once are one replay. A request that nobody ever answered may be made anew. */
  private async ask(person: Person, id: string): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      const now = this.clock.now();
      const { numUpdatedRows } = await transaction.db
        .updateTable('deadLetters')
        .set({ replayAskedAt: new Date(now) })
        .where('id', '=', id)
        .where('replayedAt', 'is', null)
        .where(({ or, eb }) =>
          or([eb('replayAskedAt', 'is', null), eb('replayAskedAt', '<', new Date(now - answerWithinMs))]),
        )
        .executeTakeFirst();
      if (!numUpdatedRows) throw new ProblemError('conflict', refusals.beingReplayed);
      note(transaction, person, id, 'message');
    });
  }

  private async isDone(id: string): Promise<boolean> {
    for (const end = performance.now() + answerWithinMs; performance.now() < end; await wait(lookEveryMs)) {
      const letter = await this.database
        .selectFrom('deadLetters')
        .select(['replayAskedAt', 'replayedAt'])
        .where('id', '=', id)
        .executeTakeFirst();
      if (letter?.replayedAt) return true;
      if (!letter?.replayAskedAt) return false;
    }
    await this.database.updateTable('deadLetters').set({ replayAskedAt: null }).where('id', '=', id).execute();
    return false;
  }

  private async replayJob(person: Person, id: string): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      const now = new Date(this.clock.now());
      if (!(await reviveJobs(transaction.db, [id], now, ['dead'])))
        throw new ProblemError('not-found', refusals.noDeadLetter);
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
