import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import type { Row, Transaction } from '@sc/platform/database';
import { sql } from 'kysely';
import { OrderLedger } from './order-ledger.js';
import { refusals } from './refusals.js';
import { refuse, type StepContext, type Taken } from './step-context.js';

type Assist = Row<'workOrderAssists'>;

/** More than that is not one order. */
const mostHelpers = 20;

/** Joint orders: one lead, and teams or people who help. The lead reports when nobody helps any more. */
@Injectable()
export class Helpers {
  constructor(
    private readonly ledger: OrderLedger,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  async invite({ transaction, order, person, request, step }: StepContext): Promise<Taken> {
    const { db } = transaction;
    const { personId = null, teamId = null } = request;
    if (personId === order.assigneeId) return refuse('not-assignable', refusals.leadHelps);
    const tell = await membersOf(transaction, { personId, teamId });
    if (!tell.length) return refuse('not-assignable', refusals.noHelper);
    const open = await this.openOf(transaction, order.id);
    if (open.some((one) => one.personId === personId && one.teamId === teamId))
      return refuse('conflict', refusals.helpsAlready);
    if (open.length >= mostHelpers) return refuse('conflict', refusals.tooManyHelpers(mostHelpers));
    const assistId = this.ids.next();
    await db
      .insertInto('workOrderAssists')
      .values({
        id: assistId,
        workOrderId: order.id,
        teamId,
        personId,
        invitedBy: person.id,
        invitedAt: new Date(this.clock.now()),
        note: request.note || null,
        state: 'open',
      })
      .execute();
    const data = { ...step.data, assistId, ...(personId ? { assigneeId: personId } : { teamId }) };
    return { ok: true, order: await this.ledger.record(transaction, order, { ...step, tell, data }) };
  }

  /** Said by one who was asked, or for the whole team by one of it. */
  async done(context: StepContext): Promise<Taken> {
    const { transaction, order, person } = context;
    const teams = await transaction.db
      .selectFrom('teamMembers')
      .select('teamId')
      .where('personId', '=', person.id)
      .execute();
    const mine = (await this.openOf(transaction, order.id)).filter(
      ({ personId, teamId }) => personId === person.id || teams.some((team) => team.teamId === teamId),
    );
    const involved = [...new Set([...order.involved, person.id])];
    return this.end(context, mine, 'done', { ...context.step, set: { ...context.step.set, involved } });
  }

  async release(context: StepContext): Promise<Taken> {
    const open = await this.openOf(context.transaction, context.order.id);
    return this.end(context, open, 'released', context.step);
  }

  private async end(
    { transaction, order, person, request }: StepContext,
    open: readonly Assist[],
    state: 'done' | 'released',
    step: StepContext['step'],
  ): Promise<Taken> {
    const chosen = request.assistId ? open.filter(({ id }) => id === request.assistId) : open;
    const [assist, another] = chosen;
    if (!assist || another) return refuse('invalid-request', refusals.whichHelper);
    await transaction.db
      .updateTable('workOrderAssists')
      .set({ state, endedBy: person.id, endedAt: new Date(this.clock.now()), endNote: request.note || null })
      .where('id', '=', assist.id)
      .execute();
    const tell = state === 'released' ? await membersOf(transaction, assist) : [];
    const { personId, teamId } = assist;
    const data = { ...step.data, assistId: assist.id, ...(personId ? { assigneeId: personId } : { teamId }) };
    return { ok: true, order: await this.ledger.record(transaction, order, { ...step, tell, data }) };
  }

  private openOf({ db }: Transaction, workOrderId: string): Promise<Assist[]> {
    return db
      .selectFrom('workOrderAssists')
      .selectAll()
      .where('workOrderId', '=', workOrderId)
      .where('state', '=', 'open')
      .orderBy('id')
      .execute();
  }
}

/** Active people who are meant: the person, or everybody of an active team. */
async function membersOf(
  { db }: Transaction,
  { personId, teamId }: Pick<Assist, 'personId' | 'teamId'>,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select p.id from people p where p.active and (p.id = ${personId} or exists (
      select from team_members m join teams t on t.id = m.team_id
      where m.person_id = p.id and t.id = ${teamId} and t.active))
    order by p.id`.execute(db);
  return rows.map(({ id }) => id);
}
