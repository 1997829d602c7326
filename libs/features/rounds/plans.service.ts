import { Inject, Injectable } from '@nestjs/common';
import type { AuditAction, CheckPointCodes, CheckPointInput, Person, WriteRoundPlan } from '@sc/contracts';
import { Directory } from '@sc/features/directory';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { json, type Row, type Transaction, UnitOfWork } from '@sc/platform/database';
import { ProblemError } from '@sc/platform/http';
import { hashOfCode, newCode } from './codes.js';
import { PlanCheck } from './plan-check.js';
import { refusals } from './refusals.js';

const mostPlans = 500;

/** Plans of rounds and the codes of their check points; each change is in the audit trail. */
@Injectable()
export class RoundPlansService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly check: PlanCheck,
    private readonly directory: Directory,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** @returns its id @throws ProblemError `invalid-round-plan` with every mistake, `beyond-limit` */
  async create(person: Person, plan: WriteRoundPlan): Promise<string> {
    return this.unitOfWork.run(async (transaction) => {
      const { db } = transaction;
      await this.assertGood(transaction, person, plan);
      const { plans } = await db
        .selectFrom('roundPlans')
        .select(({ fn }) => fn.countAll<number>().as('plans'))
        .where('removedAt', 'is', null)
        .executeTakeFirstOrThrow();
      if (plans >= mostPlans) throw new ProblemError('beyond-limit', refusals.tooManyPlans(mostPlans));
      const id = this.ids.next();
      const now = new Date(this.clock.now());
      await db
        .insertInto('roundPlans')
        .values({ id, ...columnsOf(plan), madeUntil: now, createdAt: now, updatedAt: now })
        .execute();
      await this.writePoints(transaction, id, plan.checkPoints);
      audit(transaction, person, 'round-plan.added', id, { ...plan });
      return id;
    });
  }

  /** Rounds to come in which nobody did anything are made anew. @throws ProblemError `not-found`, `invalid-round-plan` */
  async update(person: Person, id: string, plan: WriteRoundPlan): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      await this.lock(transaction, person, id);
      await this.assertGood(transaction, person, plan);
      const now = new Date(this.clock.now());
      await transaction.db
        .updateTable('roundPlans')
        .set({ ...columnsOf(plan), madeUntil: now, updatedAt: now })
        .where('id', '=', id)
        .execute();
      await this.writePoints(transaction, id, plan.checkPoints);
      await this.forgetComing(transaction, id, now);
      audit(transaction, person, 'round-plan.edited', id, { ...plan });
    });
  }

  /** Its rounds stay on record. @throws ProblemError `not-found` */
  async remove(person: Person, id: string): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      await this.lock(transaction, person, id);
      const now = new Date(this.clock.now());
      await transaction.db
        .updateTable('roundPlans')
        .set({ removedAt: now, enabled: false })
        .where('id', '=', id)
        .execute();
      const gone = { removedAt: now, codeHash: null, codeMadeAt: null };
      await transaction.db.updateTable('checkPoints').set(gone).where('planId', '=', id).execute();
      await this.forgetComing(transaction, id, now);
      audit(transaction, person, 'round-plan.removed', id, {});
    });
  }

  /** New codes; those before are refused from this moment on. @throws ProblemError `not-found` */
  async makeCodes(person: Person, id: string, checkPointIds: readonly string[]): Promise<CheckPointCodes> {
    return this.unitOfWork.run(async (transaction) => {
      await this.lock(transaction, person, id);
      const items: CheckPointCodes['items'] = [];
      for (const checkPointId of new Set(checkPointIds)) {
        const token = newCode();
        const row = await transaction.db
          .updateTable('checkPoints')
          .set({ codeHash: hashOfCode(token), codeMadeAt: new Date(this.clock.now()) })
          .where('id', '=', checkPointId)
          .where('planId', '=', id)
          .where('removedAt', 'is', null)
          .returning('definition')
          .executeTakeFirst();
        if (!row) throw new ProblemError('not-found', refusals.noPointInPlan);
        items.push({ checkPointId, token, name: row.definition.name, placement: row.definition.placement });
      }
      audit(transaction, person, 'round-plan.codes-made', id, { checkPoints: items.map((item) => item.checkPointId) });
      return { items };
    });
  }

  private async assertGood({ db }: Transaction, person: Person, plan: WriteRoundPlan): Promise<void> {
    const problems = await this.check.problemsOf(db, person, plan, this.clock.now());
    // A plan that is switched off may be over: it is kept for what it was.
    const left = plan.enabled ? problems : problems.filter(({ message }) => message !== 'recurrence-over');
    if (left.length) throw new ProblemError('invalid-round-plan', refusals.planNotGood, left);
  }

  private async lock({ db }: Transaction, person: Person, id: string): Promise<Row<'roundPlans'>> {
    const row = await db
      .selectFrom('roundPlans')
      .selectAll()
      .where('id', '=', id)
      .where('removedAt', 'is', null)
      .forUpdate()
      .executeTakeFirst();
    if (!row || !(await this.directory.isInScope(person.areaId, row.areaId, db)))
      throw new ProblemError('not-found', refusals.noPlan);
    return row;
  }

  /** A key is a place: it keeps its id and with it the code that hangs there. */
  private async writePoints({ db }: Transaction, planId: string, points: readonly CheckPointInput[]): Promise<void> {
    const keys = points.map(({ key }) => key);
    const gone = { removedAt: new Date(this.clock.now()), codeHash: null, codeMadeAt: null };
    await db.updateTable('checkPoints').set(gone).where('planId', '=', planId).where('key', 'not in', keys).execute();
    for (const [place, { key, ...point }] of points.entries()) {
      const definition = json(point);
      await db
        .insertInto('checkPoints')
        .values({ id: this.ids.next(), planId, key, place, definition })
        .onConflict((conflict) =>
          conflict.columns(['planId', 'key']).doUpdateSet({ place, definition, removedAt: null }),
        )
        .execute();
    }
  }

  private async forgetComing({ db }: Transaction, planId: string, now: Date): Promise<void> {
    await db
      .deleteFrom('rounds')
      .where('planId', '=', planId)
      .where('state', '=', 'planned')
      .where('startsAt', '>', now)
      .where('startedAt', 'is', null)
      .execute();
  }
}

const columnsOf = ({ title, areaId, recurrence, windowMinutes, assignee, category, enabled }: WriteRoundPlan) => ({
  title: json(title),
  areaId,
  recurrence,
  windowMinutes,
  assignee: json(assignee),
  category,
  enabled,
});

function audit(
  { audit: write }: Transaction,
  person: Person,
  action: AuditAction,
  id: string,
  change: Record<string, unknown>,
): void {
  write({ actor: { kind: 'person', id: person.id }, action, subjectType: 'round-plan', subjectId: id, change });
}
