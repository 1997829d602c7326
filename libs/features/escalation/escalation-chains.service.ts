import { Inject, Injectable } from '@nestjs/common';
import { type AuditAction, chainIssues, type ChainStep, type Person, type Severity } from '@sc/contracts';
import { areaScope, Directory } from '@sc/features/directory';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { type Database, json, type Transaction, UnitOfWork } from '@sc/platform/database';
import { commonRefusals, ProblemError } from '@sc/platform/http';
import { type Kysely, sql } from 'kysely';
import { ChainBook } from './chain-book.js';
import { refusals } from './refusals.js';

/** Chains of escalation as people lay them down, each change within their area and in the audit trail. */
@Injectable()
export class EscalationChains {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly directory: Directory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The chains that may hold at these places, in one statement whatever their number. */
  async book(areaIds: readonly string[], db: Kysely<Database>): Promise<ChainBook> {
    const paths = await Promise.all(areaIds.map((areaId) => this.directory.areaPath(areaId, db)));
    const ids = [...new Set(paths.flat())];
    const chains = await db
      .selectFrom('escalationChains')
      .selectAll()
      .where(sql<boolean>`area_id = any(${ids}::text[])`)
      .execute();
    return new ChainBook(chains);
  }

  /**
   * What holds at the area, and below it where nothing else is laid down. Orders on their way go on at their step.
   * @throws ProblemError `not-found` (area or person out of sight), `invalid-request` naming each place and its remedy
   */
  async set(actor: Person, areaId: string, severity: Severity, steps: ChainStep[]): Promise<void> {
    const issues = chainIssues(severity, steps);
    if (issues.length)
      throw new ProblemError(
        'invalid-request',
        refusals.unfitChain,
        issues.map((issue) => ({ path: issue.path, message: refusals.remedy(issue) })),
      );
    await this.unitOfWork.run(async (transaction) => {
      await assertArea(transaction, actor, areaId);
      await assertPeople(transaction, steps);
      const row = { areaId, severity, steps: json(steps), updatedAt: new Date(this.clock.now()), updatedBy: actor.id };
      await transaction.db
        .insertInto('escalationChains')
        .values(row)
        .onConflict((conflict) => conflict.columns(['areaId', 'severity']).doUpdateSet(row))
        .execute();
      this.record(transaction, actor, 'escalation.chain-set', areaId, { severity, steps });
    });
  }

  /** Back to what is laid down above, or the default. Twice is once. @throws ProblemError `not-found` (area out of sight) */
  async reset(actor: Person, areaId: string, severity: Severity): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      await assertArea(transaction, actor, areaId);
      const gone = await transaction.db
        .deleteFrom('escalationChains')
        .where('areaId', '=', areaId)
        .where('severity', '=', severity)
        .returning('steps')
        .executeTakeFirst();
      if (gone) this.record(transaction, actor, 'escalation.chain-reset', areaId, { severity, before: gone.steps });
    });
  }

  private record({ audit }: Transaction, actor: Person, action: AuditAction, areaId: string, change: object): void {
    audit({
      actor: { kind: 'person', id: actor.id },
      action,
      subjectType: 'area',
      subjectId: areaId,
      change: { ...change },
    });
  }
}

async function assertArea({ db }: Transaction, actor: Person, areaId: string): Promise<void> {
  const area = await db
    .selectFrom('areas')
    .select('id')
    .where('id', '=', areaId)
    .where(areaScope(actor.areaId))
    .executeTakeFirst();
  if (!area)
    throw new ProblemError('not-found', commonRefusals.noArea, [{ path: 'areaId', message: commonRefusals.noArea }]);
}

/** Somebody who may not log in cannot accept. */
async function assertPeople({ db }: Transaction, steps: readonly ChainStep[]): Promise<void> {
  const ids = steps.flatMap(({ personId }) => personId ?? []);
  if (!ids.length) return;
  const rows = await db.selectFrom('people').select('id').where('id', 'in', ids).where('active', '=', true).execute();
  const known = new Set(rows.map(({ id }) => id));
  const errors = steps.flatMap(({ personId }, index) =>
    personId && !known.has(personId) ? [{ path: `steps.${index}.personId`, message: refusals.mayNotLogIn }] : [],
  );
  if (errors.length) throw new ProblemError('invalid-request', refusals.asksNobody, errors);
}
