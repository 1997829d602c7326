import { type HandoverSnapshot, type Severity } from '@sc/contracts';
import type { Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import { graveAlarms, openAlarms, silencedAlarms } from './gathered-alarms.js';
import { maintenance, outOfService, silentDevices } from './gathered-silence.js';
import { openIncidents, openOrders } from './gathered-work.js';

interface Asked {
  areaId: string;
  /** Of the shift. */
  from: Date;
  to: Date;
  now: number;
}

/** What happened in a shift and what stands now, in an area; bounded, whatever there is. */
export async function gather(db: Kysely<Database>, { areaId, from, to, now }: Asked): Promise<HandoverSnapshot> {
  const end = new Date(Math.min(to.getTime(), now));
  return {
    takenAt: new Date(now).toISOString(),
    happened: { ...(await counted(db, areaId, from, end)), grave: await graveAlarms(db, areaId, from, end) },
    standing: {
      alarm: await openAlarms(db, areaId),
      'work-order': await openOrders(db, areaId, now),
      incident: await openIncidents(db, areaId),
      silenced: await silencedAlarms(db, areaId),
      maintenance: await maintenance(db, areaId, now),
      'out-of-service': await outOfService(db, areaId),
      device: await silentDevices(db, areaId),
    },
  };
}

type Counted = Omit<HandoverSnapshot['happened'], 'grave'>;

async function counted(db: Kysely<Database>, areaId: string, from: Date, to: Date): Promise<Counted> {
  const { rows } = await sql<Omit<Counted, 'raised'> & { raised: Partial<Record<Severity, number>> | null }>`
    with here as (select id from areas where path @> array[${areaId}]::text[])
    select
      (select jsonb_object_agg(severity, n) from (
        select severity, count(*)::int as n from alarms
        where area_id in (select id from here) and raised_at >= ${from} and raised_at < ${to} group by severity) by_severity) as raised,
      (select count(*)::int from alarms
        where area_id in (select id from here) and acknowledged_at >= ${from} and acknowledged_at < ${to}) as acknowledged,
      (select count(*)::int from alarms
        where area_id in (select id from here) and cleared_at >= ${from} and cleared_at < ${to}) as "over",
      (select count(*)::int from work_orders
        where area_id in (select id from here) and created_at >= ${from} and created_at < ${to}) as opened,
      (select count(*)::int from work_orders
        where area_id in (select id from here) and closed_at >= ${from} and closed_at < ${to}) as closed,
      (select count(*)::int from rounds
        where area_id in (select id from here) and state = 'done' and ended_at >= ${from} and ended_at < ${to}) as rounds_done,
      (select count(*)::int from rounds
        where area_id in (select id from here) and state = 'missed' and due_at >= ${from} and due_at < ${to}) as rounds_missed
  `.execute(db);
  const { raised, ...counts } = rows[0]!;
  return { ...counts, raised: { extreme: 0, severe: 0, moderate: 0, minor: 0, unknown: 0, ...raised } };
}
