import { Inject, Injectable } from '@nestjs/common';
import type { AuditAction, CreateTeam, Person, UpdateTeam } from '@sc/contracts';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { json, type Row, type Transaction, UnitOfWork } from '@sc/platform/database';
import { ProblemError } from '@sc/platform/http';
import { areaScope } from './area-scope.js';
import { refusals } from './refusals.js';
import { assertArea, lockPeople } from './within-scope.js';

/** Teams of own staff and of contractors, changed within the area of whoever changes them. */
@Injectable()
export class TeamsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** @throws ProblemError `not-found` (area, person), `invalid-request` (a lead who is no member) */
  async create(actor: Person, { memberIds, ...facts }: CreateTeam): Promise<string> {
    return this.unitOfWork.run(async (transaction) => {
      await assertArea(transaction, actor, facts.areaId);
      const id = this.ids.next();
      const createdAt = new Date(this.clock.now());
      await transaction.db
        .insertInto('teams')
        .values({ id, ...facts, name: json(facts.name), createdAt })
        .execute();
      await setMembers(transaction, actor, id, memberIds);
      await assertLead(transaction, id, facts.leadId);
      tellTeam(transaction, actor, 'team.added', id, { ...facts, memberIds });
      return id;
    });
  }

  /** A team that is no longer is switched off: what it did stays. @throws like `create` */
  async update(actor: Person, id: string, { memberIds, name, ...change }: UpdateTeam): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      const before = await lock(transaction, actor, id);
      if (change.areaId) await assertArea(transaction, actor, change.areaId);
      const { areaId, contractor, active } = { ...before, ...change };
      const leadId = change.leadId === undefined ? before.leadId : change.leadId;
      await transaction.db
        .updateTable('teams')
        .set({ areaId, contractor, active, leadId, ...(name ? { name: json(name) } : {}) })
        .where('id', '=', id)
        .execute();
      if (memberIds) await setMembers(transaction, actor, id, memberIds);
      await assertLead(transaction, id, leadId);
      tellTeam(transaction, actor, 'team.updated', id, {
        ...change,
        ...(name && { name }),
        ...(memberIds && { memberIds }),
      });
    });
  }
}

async function lock({ db }: Transaction, actor: Person, id: string): Promise<Row<'teams'>> {
  const row = await db
    .selectFrom('teams')
    .innerJoin('areas', 'areas.id', 'teams.areaId')
    .selectAll('teams')
    .where('teams.id', '=', id)
    .where(areaScope(actor.areaId))
    .forUpdate('teams')
    .executeTakeFirst();
  if (!row) throw new ProblemError('not-found', refusals.noTeam);
  return row;
}

/** Who was a member may stay one, also somebody whom the actor does not lead. */
export async function setMembers(
  transaction: Transaction,
  actor: Person,
  teamId: string,
  ids: readonly string[],
): Promise<void> {
  const { db } = transaction;
  const before = await db.selectFrom('teamMembers').select('personId').where('teamId', '=', teamId).execute();
  const known = new Set(before.map(({ personId }) => personId));
  const added = ids.filter((id) => !known.has(id));
  await lockPeople(transaction, actor, added, 'memberIds');
  const gone = [...known].filter((id) => !ids.includes(id));
  if (gone.length)
    await db.deleteFrom('teamMembers').where('teamId', '=', teamId).where('personId', 'in', gone).execute();
  if (added.length)
    await db
      .insertInto('teamMembers')
      .values(added.map((personId) => ({ teamId, personId })))
      .execute();
}

async function assertLead({ db }: Transaction, teamId: string, leadId: string | null): Promise<void> {
  if (!leadId) return;
  const member = await db
    .selectFrom('teamMembers')
    .select('personId')
    .where('teamId', '=', teamId)
    .where('personId', '=', leadId)
    .executeTakeFirst();
  if (!member)
    throw new ProblemError('invalid-request', refusals.leadNoMember, [
      { path: 'leadId', message: refusals.leadNoMember },
    ]);
}

export const tellTeam = (
  { audit }: Transaction,
  actor: Person,
  action: AuditAction,
  subjectId: string,
  change: Record<string, unknown>,
) => audit({ actor: { kind: 'person', id: actor.id }, action, subjectType: 'team', subjectId, change });
