import { Inject, Injectable } from '@nestjs/common';
import type { AuditAction, Person } from '@sc/contracts';
import { Directory } from '@sc/features/directory';
import { RoundNotices } from '@sc/features/notifications';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { type Transaction, UnitOfWork } from '@sc/platform/database';
import { ProblemError } from '@sc/platform/http';
import { refusals } from './refusals.js';
import { RoundLedger, type RoundRow } from './round-ledger.js';

/** Who has a round, and whether it is done at all: decided by people. */
@Injectable()
export class RoundDecisions {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: RoundLedger,
    private readonly notices: RoundNotices,
    private readonly directory: Directory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Into the hands of somebody. An officer may only take it.
   * @throws ProblemError `not-found`, `forbidden`, `action-not-allowed` (it has ended), `invalid-request` (no officer of that place)
   */
  async assign(person: Person, roundId: string, personId: string = person.id): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      const round = await this.lockOpen(transaction, person, roundId);
      if (person.role === 'officer' && personId !== person.id) throw new ProblemError('forbidden', refusals.takesOnly);
      await this.assertOfficer(transaction, round, personId);
      if (round.assigneeId === personId) return;
      await this.ledger.record(transaction, round, {
        action: 'assign',
        actorId: person.id,
        toId: personId,
        set: {
          assigneeId: personId,
          holderIds: [...new Set([...round.holderIds, personId])],
          reminded: Math.max(1, round.reminded),
        },
      });
      if (personId !== person.id)
        await this.notices.tell(transaction, {
          kind: 'round-assigned',
          personIds: [personId],
          roundId,
          title: round.title,
        });
      audit(transaction, person, 'round.assigned', roundId, { personId });
    });
  }

  /** @throws ProblemError `not-found`, `action-not-allowed` (it has ended) */
  async cancel(person: Person, roundId: string, reason: string): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      const round = await this.lockOpen(transaction, person, roundId);
      const now = new Date(this.clock.now());
      await this.ledger.record(transaction, round, {
        action: 'cancel',
        actorId: person.id,
        note: reason,
        set: { state: 'cancelled', endedAt: now, endedBy: person.id },
      });
      audit(transaction, person, 'round.cancelled', roundId, { reason });
    });
  }

  private async lockOpen({ db }: Transaction, person: Person, roundId: string): Promise<RoundRow> {
    const round = await db.selectFrom('rounds').selectAll().where('id', '=', roundId).forUpdate().executeTakeFirst();
    if (!round || !(await this.directory.isInScope(person.areaId, round.areaId, db)))
      throw new ProblemError('not-found', refusals.noRound);
    if (round.state !== 'planned' && round.state !== 'started')
      throw new ProblemError('action-not-allowed', refusals.roundIs(round.state));
    return round;
  }

  private async assertOfficer({ db }: Transaction, round: RoundRow, personId: string): Promise<void> {
    const officer = await db
      .selectFrom('people')
      .select('areaId')
      .where('id', '=', personId)
      .where('active', '=', true)
      .where('role', '=', 'officer')
      .executeTakeFirst();
    const path = await this.directory.areaPath(round.areaId, db);
    const community = await this.directory.communityOf(round.areaId, db);
    const near =
      officer &&
      (path.includes(officer.areaId) || (await this.directory.communityOf(officer.areaId, db)) === community);
    if (!near)
      throw new ProblemError('invalid-request', refusals.noOfficerThere, [
        { path: 'personId', message: 'unknown-person' },
      ]);
  }
}

function audit(
  { audit: write }: Transaction,
  person: Person,
  action: AuditAction,
  id: string,
  change: Record<string, unknown>,
): void {
  write({ actor: { kind: 'person', id: person.id }, action, subjectType: 'round', subjectId: id, change });
}
