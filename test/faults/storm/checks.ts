import type { WorkOrderState } from '@sc/contracts';
import type { Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import { AuditVerifier } from '../../../libs/features/audit/audit-verifier.js';
import { calledToDanger, fateOf, isDanger, numberOf, type Place } from './place.js';

type Db = Kysely<Database>;

/** What a storm left behind. */
export interface Left {
  orders: number;
  doubled: number;
  missing: number;
  stuck: number;
  /** People who were told of one order twice, or never, of those who had to be told. */
  toldTwice: number;
  toldNever: number;
  problems: string[];
}

/** Due and not done, dead, or not yet made of an event. */
export async function stuckIn(db: Db): Promise<number> {
  const { rows } = await sql<{ stuck: number }>`
    select (select count(*)::int from jobs where (state = 'pending' and due_at <= now()) or state = 'dead')
      + (select count(*)::int from outbox where position > (select position from relay_cursors where name = 'jobs')) as stuck`.execute(
    db,
  );
  return rows[0]!.stuck;
}

export async function checkStorm(db: Db, place: Place): Promise<Left> {
  const cases = await casesOf(db);
  const told = await toldOf(db);
  const repeated = await stepsTwice(db);
  const unwatched = await withoutClock(db);
  const { intact } = await new AuditVerifier(db).verify();
  const count = (wrong: (one: Case) => number) => cases.reduce((sum, one) => sum + wrong(one), 0);
  return {
    orders: count(({ orders }) => orders),
    doubled: count(({ orders, incidents }) => Math.max(0, orders - 1) + Math.max(0, incidents - 1)),
    missing: count(({ orders, incidents }) => (orders && incidents ? 0 : 1)),
    stuck: await stuckIn(db),
    ...told,
    problems: [
      ...(cases.length === place.incidents ? [] : [`${cases.length} devices`]),
      ...cases.flatMap(wrongIn).slice(0, 20),
      ...(repeated ? [`${repeated} steps were made twice`] : []),
      ...(unwatched ? [`behind ${unwatched} waiting orders is no escalation`] : []),
      ...(intact ? [] : ['the audit trail is broken']),
    ],
  };
}

interface Case {
  deviceId: string;
  alarms: number;
  incidents: number;
  incidentState: 'open' | 'closed';
  orders: number;
  state: WorkOrderState;
  owned: boolean;
}

async function casesOf(db: Db): Promise<Case[]> {
  const { rows } = await sql<Case>`
    select d.id as device_id, count(distinct a.id)::int as alarms, count(distinct i.id)::int as incidents,
      max(i.state) as incident_state, count(distinct o.id)::int as orders, max(o.state) as state,
      coalesce(bool_and(o.assignee_id is not null), false) as owned
    from devices d
      left join alarms a on a.device_id = d.id
      left join incidents i on i.area_id = d.area_id
      left join work_orders o on o.incident_id = i.id
    group by d.id`.execute(db);
  return rows;
}

/** The one right state of each case follows from what was done to it. */
function wrongIn({ deviceId, alarms, incidentState, state, owned }: Case): string[] {
  const fate = fateOf(numberOf(deviceId));
  const right = fate === 'finished' ? 'closed closed' : fate === 'accepted' ? 'open accepted' : 'open dispatched';
  const found = `${incidentState} ${state}`;
  return [
    ...(alarms === 1 ? [] : [`${deviceId}: ${alarms} alarms`]),
    ...(found === right ? [] : [`${deviceId} (${fate}): ${found} instead of ${right}`]),
    ...(owned ? [] : [`${deviceId}: nobody has it`]),
  ];
}

/** In the app exactly once (ADR 2): each who was given or called to an order, of that. */
async function toldOf(db: Db): Promise<{ toldTwice: number; toldNever: number }> {
  const { rows } = await sql<{ deviceId: string; told: number; people: number }>`
    select a.device_id, count(n.id)::int as told, count(distinct n.person_id)::int as people
    from work_orders o
      join alarms a on a.incident_id = o.incident_id
      left join (notifications n join outbox e on e.id = n.event_id and e.payload ->> 'action' = 'dispatch')
        on n.work_order_id = o.id
    group by a.device_id, o.id`.execute(db);
  const expected = (deviceId: string) => (isDanger(numberOf(deviceId)) ? calledToDanger : 1);
  return {
    toldTwice: rows.reduce((sum, { told, people }) => sum + told - people, 0),
    toldNever: rows.reduce((sum, { deviceId, people }) => sum + Math.abs(expected(deviceId) - people), 0),
  };
}

async function stepsTwice(db: Db): Promise<number> {
  const { rows } = await sql<{ steps: number }>`
    select count(*)::int as steps from (
      select from work_order_steps where action not in ('escalate', 'warn', 'overdue')
      group by work_order_id, action having count(*) > 1) twice`.execute(db);
  return rows[0]!.steps;
}

async function withoutClock(db: Db): Promise<number> {
  const { rows } = await sql<{ orders: number }>`
    select count(*)::int as orders from work_orders o
    where o.state in ('registered', 'dispatched') and not exists (
      select from jobs j where j.name = 'escalate-work-order' and j.state = 'pending'
        and j.payload ->> 'workOrderId' = o.id::text)`.execute(db);
  return rows[0]!.orders;
}
