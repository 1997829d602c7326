import { type RawBuilder, sql } from 'kysely';

/**
 * What residents said of those of `cases` (id, source, created_at) that any follow. It comes when a case stands still, and changes nothing
 * of the order: so it is not kept with what its steps say (settled-cases.ts) but read from its own small tables each time.
 */
export const voicesOf = (at: Date): RawBuilder<unknown> => sql`
  select cases.id, coalesce(rated.ratings, 0) as ratings, coalesce(rated.rating_sum, 0) as rating_sum,
    reopening.work_order_id is not null as was_reopened, answers.seconds as answer_seconds
  from cases
    left join (
      select work_order_id, count(*)::int as ratings, sum(score)::int as rating_sum
      from resident_ratings where at <= ${at} group by work_order_id
    ) rated on rated.work_order_id = cases.id
    left join resident_reopenings reopening on reopening.work_order_id = cases.id and reopening.at <= ${at}
    left join (${answersOf(at)}) answers on answers.id = cases.id
    -- whoever reopens a case follows the one that goes on
    left join (select distinct work_order_id from resident_links) followed on followed.work_order_id = cases.id
  where coalesce(rated.work_order_id, reopening.work_order_id, answers.id, followed.work_order_id) is not null`;

/** From the first word of a resident (a report is one) to the first of staff after it; none where nobody answered. */
const answersOf = (at: Date) => sql`
  select said.id, extract(epoch from min(m.at) - said.at)::float8 as seconds
  from (
    select cases.id, case when cases.source = 'resident' then cases.created_at else min(m.at) filter (where m.link_id is not null) end as at
    from cases join resident_messages m on m.work_order_id = cases.id
    group by cases.id, cases.source, cases.created_at
  ) said join resident_messages m on m.work_order_id = said.id and m.person_id is not null and m.at >= said.at and m.at <= ${at}
  group by said.id, said.at`;
