import { Inject, Injectable } from '@nestjs/common';
import type { AuditAction, Person, SaveRotation } from '@sc/contracts';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { json, type Row, type Transaction, UnitOfWork } from '@sc/platform/database';
import { ProblemError } from '@sc/platform/http';
import { areaScope } from '../area-scope.js';
import { refusals } from '../refusals.js';
import { assertArea, assertMayBeOnShift, lockPeople } from '../within-scope.js';
import { RotationPlanner } from './rotation-planner.js';
import { overlapOf } from './slots.js';

/** Rotations, changed within the area of whoever changes them; the plan follows in the same transaction. */
@Injectable()
export class RotationsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly planner: RotationPlanner,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** @throws ProblemError `not-found` (area or person out of sight), `invalid-request` (no officer), `shift-overlaps` (a member twice at once) */
  async create(actor: Person, facts: SaveRotation): Promise<string> {
    return this.unitOfWork.run(async (transaction) => {
      await assertUsable(transaction, actor, facts);
      const now = new Date(this.clock.now());
      const row = await transaction.db
        .insertInto('rotations')
        .values({ id: this.ids.next(), ...columnsOf(facts), plannedUntil: now, createdAt: now, updatedAt: now })
        .returningAll()
        .executeTakeFirstOrThrow();
      await this.planner.renew(transaction, row);
      tell(transaction, actor, 'rotation.added', row.id, facts);
      return row.id;
    });
  }

  /** What has begun stays as it was; the rest is planned anew. Edits by hand of its coming shifts are gone, stand-ins stay. */
  async update(actor: Person, id: string, facts: SaveRotation): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      const before = await lock(transaction, actor, id);
      await assertUsable(transaction, actor, facts);
      const row = await transaction.db
        .updateTable('rotations')
        .set({ ...columnsOf(facts), version: before.version + 1, updatedAt: new Date(this.clock.now()) })
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirstOrThrow();
      await this.planner.renew(transaction, row);
      tell(transaction, actor, 'rotation.updated', id, facts);
    });
  }

  /** Its coming shifts leave the plan; one that is on goes on to its end. */
  async remove(actor: Person, id: string): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      const { name, areaId } = await lock(transaction, actor, id);
      await this.planner.endPlanned(transaction, id);
      await transaction.db.deleteFrom('rotations').where('id', '=', id).execute();
      tell(transaction, actor, 'rotation.removed', id, { name, areaId });
    });
  }
}

async function assertUsable(transaction: Transaction, actor: Person, facts: SaveRotation): Promise<void> {
  await assertArea(transaction, actor, facts.areaId);
  const memberIds = [...new Set(facts.memberIds)];
  assertMayBeOnShift(await lockPeople(transaction, actor, memberIds, 'memberIds'), memberIds, 'memberIds');
  const overlap = overlapOf(facts);
  if (!overlap) return;
  const path = `memberIds.${facts.memberIds.indexOf(overlap.personId)}`;
  throw new ProblemError('shift-overlaps', refusals.onDutyTwice, [{ path, message: refusals.overlapsOn(overlap.day) }]);
}

async function lock({ db }: Transaction, actor: Person, id: string): Promise<Row<'rotations'>> {
  const row = await db
    .selectFrom('rotations')
    .innerJoin('areas', 'areas.id', 'rotations.areaId')
    .selectAll('rotations')
    .where('rotations.id', '=', id)
    .where(areaScope(actor.areaId))
    .forUpdate('rotations')
    .executeTakeFirst();
  if (!row) throw new ProblemError('not-found', refusals.noRotation);
  return row;
}

const columnsOf = ({ name, areaId, timeZone, firstDay, lastDay, memberIds, plan }: SaveRotation) => ({
  name,
  areaId,
  timeZone,
  firstDay,
  lastDay,
  memberIds,
  plan: json(plan),
});

const tell = ({ audit }: Transaction, actor: Person, action: AuditAction, subjectId: string, change: object) =>
  audit({
    actor: { kind: 'person', id: actor.id },
    action,
    subjectType: 'rotation',
    subjectId,
    change: { ...change },
  });
