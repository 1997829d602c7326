import type { HourCount } from '@sc/contracts';
import { areaScope } from '@sc/features/directory';
import { sql } from 'kysely';
import type { Db, ReportSelection } from './selection.js';

const times = { alarms: sql.ref('t.raised_at'), work_orders: sql.ref('t.created_at') } as const;

/**
 * How many began in each hour of the week, on the site's clock. Counted by quarters of an hour first: every zone is a whole number
 * of them away from UTC, and a million moments are then turned into hours of the week thirty-five thousand times.
 */
export async function countHours(
  db: Db,
  table: keyof typeof times,
  { from, to, areaId, timeZone }: ReportSelection,
): Promise<HourCount[]> {
  const at = times[table];
  const only = table === 'work_orders' ? sql`and t.duplicate_of is null` : sql``;
  const { rows } = await sql<HourCount>`
    with quarters as materialized (
      select floor(extract(epoch from ${at}) / 900) as quarter, count(*) as count
      from ${sql.table(table)} t join areas on areas.id = t.area_id
      where ${at} >= ${from} and ${at} < ${to} ${only} and ${areaScope(areaId)}
      group by 1
    ), local as (select to_timestamp(quarter::float8 * 900) at time zone ${timeZone} as wall, count from quarters)
    select extract(isodow from wall)::int as weekday, extract(hour from wall)::int as hour, sum(count)::int as count
    from local group by 1, 2 order by 1, 2`.execute(db);
  return rows;
}
