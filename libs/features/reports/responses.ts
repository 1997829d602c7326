import { type ResponseMeasure, responseMeasures, type ResponseTimes } from '@sc/contracts';
import { areaScope } from '@sc/features/directory';
import { type RawBuilder, sql } from 'kysely';
import type { Db, ReportSelection } from './selection.js';

interface Measured {
  measure: ResponseMeasure;
  day: string | null;
  count: number;
  median: number | null;
  p90: number | null;
}

/** How long people took: of alarms until they were acknowledged, of cases until they were accepted, begun on the spot, solved, and until a resident had an answer. */
export async function measureResponses(db: Db, selection: ReportSelection): Promise<ResponseTimes[]> {
  const rows: Measured[] = [];
  for (const spans of [alarmTimes, caseTimes, answerTimes]) rows.push(...(await ranksOf(db, spans(selection))));
  return responseMeasures.map((measure) => {
    const own = rows.filter((row) => row.measure === measure);
    const total = own.find(({ day }) => day === null);
    return {
      measure,
      total: { count: total?.count ?? 0, median: total?.median ?? null, p90: total?.p90 ?? null },
      pieces: own.flatMap(({ day, count, median, p90 }) => (day === null ? [] : [{ day, count, median, p90 }])),
    };
  });
}

async function ranksOf(db: Db, spans: RawBuilder<unknown>): Promise<Measured[]> {
  const { rows } = await sql<Measured>`
    with spans as materialized (${spans})
    select measure, day::text as day, count(*)::int as count,
      percentile_disc(0.5) within group (order by seconds) as median,
      percentile_disc(0.9) within group (order by seconds) as p90
    from spans where seconds >= 0
    group by grouping sets ((measure, day), (measure)) order by measure, day`.execute(db);
  return rows;
}

const dayOf = (at: RawBuilder<unknown>, { every, timeZone }: ReportSelection) =>
  sql`date_trunc(${every}, ${at} at time zone ${timeZone})::date`;
const seconds = (from: RawBuilder<unknown>, to: RawBuilder<unknown>) =>
  sql`extract(epoch from ${to} - ${from})::float8`;

/** From the moment the platform knew of it: the clock of a device may be behind. */
function alarmTimes(selection: ReportSelection): RawBuilder<unknown> {
  const { from, to, areaId } = selection;
  return sql`
    select 'acknowledge' as measure, ${dayOf(sql`a.created_at`, selection)} as day,
      ${seconds(sql`a.created_at`, sql`seen.at`)} as seconds
    from (
      select alarm_id, min(recorded_at) as at from alarm_steps
      where action = 'acknowledge' and recorded_at >= ${from}
        -- as the index of told steps says it
        and (to_state = 'unacknowledged' or action = 'acknowledge')
      group by alarm_id
    ) seen
      join alarms a on a.id = seen.alarm_id join areas on areas.id = a.area_id
    where a.raised_at >= ${from} and a.raised_at < ${to} and ${areaScope(areaId)}`;
}

/** A suspended case waits for something else than people: that time is taken off. */
function caseTimes(selection: ReportSelection): RawBuilder<unknown> {
  const { from, to, areaId } = selection;
  return sql`
    select measure, ${dayOf(sql`told.created_at`, selection)} as day, span as seconds
    from (
      select o.id, o.created_at,
        min(s.at) filter (where s.to_state in ('dispatched', 'accepted')) as given_at,
        min(s.at) filter (where s.action = 'accept') as accepted_at,
        min(s.at) filter (where s.action = 'start') as started_at,
        max(s.at) filter (where s.action in ('report', 'self-handled')) as solved_at,
        coalesce(sum(extract(epoch from s.at) * case when s.to_state = 'suspended' then -1 else 1 end)
          filter (where (s.from_state = 'suspended') <> (s.to_state = 'suspended')), 0)::float8 as suspended
      from work_orders o join areas on areas.id = o.area_id join work_order_steps s on s.work_order_id = o.id
      where o.created_at >= ${from} and o.created_at < ${to} and o.duplicate_of is null and o.state <> 'voided'
        and ${areaScope(areaId)}
      group by o.id, o.created_at
    ) told
      cross join lateral (values
        ('accept', ${seconds(sql`given_at`, sql`accepted_at`)}),
        ('arrive', ${seconds(sql`accepted_at`, sql`started_at`)}),
        -- still suspended: the sum of its pauses has no end yet, and it is not solved
        ('solve', case when suspended >= 0 then ${seconds(sql`created_at`, sql`solved_at`)} - suspended end)
      ) as spans (measure, span)
    where span is not null`;
}

/** As evaluation measures it: from the first word of a resident, of which a report is one, to the first of staff after it. */
function answerTimes(selection: ReportSelection): RawBuilder<unknown> {
  const { from, to, areaId } = selection;
  return sql`
    select 'answer' as measure, ${dayOf(sql`o.created_at`, selection)} as day, ${seconds(sql`said.at`, sql`answer.at`)} as seconds
    from work_orders o join areas on areas.id = o.area_id
      cross join lateral (
        select case when o.source = 'resident' then o.created_at else min(m.at) end as at
        from resident_messages m where m.work_order_id = o.id and m.link_id is not null
      ) said
      cross join lateral (
        select min(m.at) as at from resident_messages m
        where m.work_order_id = o.id and m.person_id is not null and m.at >= said.at
      ) answer
    where o.created_at >= ${from} and o.created_at < ${to} and o.duplicate_of is null and o.state <> 'voided'
      and ${areaScope(areaId)} and o.id in (select work_order_id from resident_messages where person_id is not null)
      and answer.at is not null`;
}
