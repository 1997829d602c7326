import { Inject, Injectable } from '@nestjs/common';
import type { Person } from '@sc/contracts';
import { areaScope, Directory } from '@sc/features/directory';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database, type Row } from '@sc/platform/database';
import { type Expression, type ExpressionBuilder, type Kysely, sql, type SqlBool } from 'kysely';
import { callsOf, isCalled } from './calls.js';
import type { Asker, Waiting } from './decide.js';
import { endedStates } from './machine.js';

type Db = Kysely<Database>;
export type Place = Pick<
  Row<'workOrders'>,
  'id' | 'areaId' | 'dutyGridId' | 'assigneeId' | 'handlerId' | 'finderId' | 'involved'
>;

/** How one person stands to orders; asked once per request. */
export interface Viewpoint {
  asker(order: Place): Promise<Asker>;
  maySee(order: Place): Promise<boolean>;
  /** Urges of an open order that wait for an answer of this person, and how many still help with it. */
  waiting(order: Pick<Place, 'id'>): Promise<Waiting>;
}

const teamsOf = (personId: string) => sql`select team_id from team_members where person_id = ${personId}`;
/** Asked to help with an order, alone or with a team; `open`: and not done yet. */
export const helps = (personId: string, state: 'open' | 'any' = 'any') =>
  sql<SqlBool>`exists (select from work_order_assists x where x.work_order_id = work_orders.id
    and (x.state = 'open' or ${state} = 'any')
    and (x.person_id = ${personId} or x.team_id in (${teamsOf(personId)})))`;

/**
 * A person sees the orders of their area, those that are or were theirs (the chain may lead across a grid's border), those
 * they found, and those they are asked to help with or were called to.
 */
export const visibleTo =
  (person: Person) =>
  (eb: ExpressionBuilder<Database, 'workOrders' | 'areas'>): Expression<SqlBool> =>
    eb.or([
      areaScope(person.areaId),
      eb('workOrders.assigneeId', '=', person.id),
      eb('workOrders.handlerId', '=', person.id),
      eb('workOrders.finderId', '=', person.id),
      sql<SqlBool>`work_orders.involved @> array[${person.id}]::uuid[]`,
      helps(person.id),
      isCalled(person.id),
    ]);

@Injectable()
export class OrderAccess {
  constructor(
    private readonly directory: Directory,
    @Inject(DATABASE) private readonly database: Db,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async viewpointOf(person: Person, db: Db = this.database): Promise<Viewpoint> {
    const { directory } = this;
    const shifts = await directory.shiftAreasOf(person.id, this.clock.now(), db);
    const shiftPaths = await Promise.all(shifts.map((areaId) => directory.areaPath(areaId, db)));
    const inScope = (order: Place) => directory.isInScope(person.areaId, order.areaId, db);
    const assisted = await assistedBy(db, person.id);
    const called = await callsOf(db, person.id);
    let waiting: Promise<Map<string, Waiting>> | undefined;
    return {
      async asker(order) {
        const path = await directory.areaPath(order.areaId, db);
        const grid = order.dutyGridId ?? order.areaId;
        const isThere = shiftPaths.some((shift) => shift.includes(grid) || path.includes(shift.at(-1) ?? ''));
        // Who is called to a danger may take it, wherever their own grid is.
        const onDuty = isThere || called.get(order.id) === true;
        const assisting = assisted.get(order.id) === true;
        return { id: person.id, role: person.role, inScope: await inScope(order), onDuty, assisting };
      },
      async maySee(order) {
        const own = [order.assigneeId, order.handlerId, order.finderId, ...order.involved];
        return own.includes(person.id) || assisted.has(order.id) || called.has(order.id) || (await inScope(order));
      },
      async waiting({ id }) {
        waiting ??= waitingOrders(db, person.id);
        return (await waiting).get(id) ?? { openUrges: 0, openAssists: 0 };
      },
    };
  }
}

/** Orders this person was asked to help with lately, and whether that is still open. */
async function assistedBy(db: Db, personId: string): Promise<Map<string, boolean>> {
  const { rows } = await sql<{ id: string; open: boolean }>`
    select work_order_id as id, bool_or(state = 'open') as open from work_order_assists
    where person_id = ${personId} or team_id in (${teamsOf(personId)})
    group by work_order_id`.execute(db);
  return new Map(rows.map(({ id, open }) => [id, open]));
}

async function waitingOrders(db: Db, personId: string): Promise<Map<string, Waiting>> {
  const { rows } = await sql<Waiting & { id: string }>`
    select o.id, count(x.urge) filter (where x.urged_by is distinct from ${personId} or o.assignee_id = ${personId})::int as open_urges, count(x.assist)::int as open_assists from (
      select work_order_id, id as urge, urged_by, null::uuid as assist from work_order_urges where answered_at is null
      union all
      select work_order_id, null, null, id from work_order_assists where state = 'open'
    ) x join work_orders o on o.id = x.work_order_id and o.state <> all(${endedStates}::text[])
    group by o.id`.execute(db);
  return new Map(rows.map(({ id, ...waiting }) => [id, waiting]));
}
