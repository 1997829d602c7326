import { type EvaluationGrouping, ownStepLimitSeconds, satisfiedScore } from '@sc/contracts';
import { areaScope } from '@sc/features/directory';
import type { Database } from '@sc/platform/database';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { columnsOf, historiesOf, ofAccept, ofHandle, ofVerify } from './case-history.js';
import { voicesOf } from './resident-voices.js';

export interface CaseSelection {
  by: EvaluationGrouping;
  from: Date;
  to: Date;
  /** Moment at which open cases are looked at. */
  at: Date;
  areaId: string;
  category: string | undefined;
  /** Only cases of this person. */
  personId: string | undefined;
  timeZone: string;
}

/** Sums over the cases of one row; everything the figures are made of. */
export interface CaseSums {
  key: string | null;
  isTotal: boolean;
  registered: number;
  voided: number;
  open: number;
  valid: number;
  registrationDue: number;
  registrationOnTime: number;
  dispatchDue: number;
  dispatchOnTime: number;
  dispatched: number;
  sentBack: number;
  returned: number;
  escalated: number;
  responseDue: number;
  responseOnTime: number;
  handlingDue: number;
  handlingOnTime: number;
  closed: number;
  closingDue: number;
  closingOnTime: number;
  solvedDue: number;
  anyDue: number;
  late: number;
  reported: number;
  reworked: number;
  sensorVerified: number;
  scored: number;
  satisfied: number;
  scoreSum: number;
  /** Closed, and residents follow it. */
  followed: number;
  reopened: number;
  ratings: number;
  ratingSum: number;
  answers: number;
  answerMedian: number | null;
  accepts: number;
  acceptMedian: number | null;
  acceptP90: number | null;
  handles: number;
  handleMedian: number | null;
  handleP90: number | null;
  closes: number;
  closeMedian: number | null;
  closeP90: number | null;
  suspendedCases: number;
  suspendedSeconds: number;
}

/**
 * One query: the cases, what is kept of those that stand still (settled-cases.ts), what their steps say of all others, and the sums
 * per row and of all. A year of a city passes through memory once; with the ordinary share of it PostgreSQL would sort on disk, and compiling so many sums takes longer than counting.
 */
export async function sumCases(db: Kysely<Database>, selection: CaseSelection): Promise<CaseSums[]> {
  return db.transaction().execute(async (transaction) => {
    await sql`select set_config('work_mem', '64MB', true), set_config('jit', 'off', true)`.execute(transaction);
    const { rows } = await sql<CaseSums>`
      with cases as materialized (${casesOf(selection)}),
        asked as materialized (select id, created_at, source from cases where not is_settled),
        histories as materialized (${historiesOf(selection.at)}),
        known as (
          select ${caseColumns}, ${columnsOf('cases')} from cases where is_settled
          union all select ${caseColumns}, ${columnsOf('h')} from cases join histories h on h.id = cases.id
        ),
        voices as materialized (${voicesOf(selection.at)}),
        facts as (${factsOf(selection)})
      ${sums}`.execute(transaction);
    return rows;
  });
}

/** Whose a case is: of who accepted it, else of who has it. */
export const ownerOfCase = sql<string>`coalesce(o.handler_id, o.assignee_id)`;

function keyOf({ by, timeZone }: CaseSelection): RawBuilder<unknown> {
  const keys: Record<EvaluationGrouping, RawBuilder<unknown>> = {
    person: sql`${ownerOfCase}::text`,
    team: sql`o.team_id::text`,
    grid: sql`o.duty_grid_id`,
    community: sql`(select a.id from areas a where a.id = any(areas.path) and a.kind = 'community' limit 1)`,
    category: sql`o.category`,
    month: sql`to_char(o.created_at at time zone ${timeZone}, 'YYYY-MM')`,
  };
  return keys[by];
}

const caseColumns = sql`cases.id, cases.key, cases.state, cases.score, cases.created_at, cases.due_at`;

function casesOf(selection: CaseSelection): RawBuilder<unknown> {
  const { from, to, at, areaId, category, personId } = selection;
  return sql`
    select o.id, o.state, o.source, o.created_at, o.due_at, o.score, ${keyOf(selection)} as key,
      f.work_order_id is not null as is_settled, ${columnsOf('f')}
    from work_orders o join areas on areas.id = o.area_id
      left join case_facts f on f.work_order_id = o.id and f.as_of = o.updated_at and f.as_of <= ${at}
    where o.created_at >= ${from} and o.created_at < ${to} and o.duplicate_of is null and ${areaScope(areaId)}
      ${category === undefined ? sql`` : sql`and o.category = ${category}`}
      ${personId === undefined ? sql`` : sql`and ${ownerOfCase} = ${personId}`}`;
}

function factsOf({ by, at }: CaseSelection): RawBuilder<unknown> {
  const overdue = (states: RawBuilder<unknown>) => sql`(state in ${states} and coalesce(due_at < ${at}, false))`;
  // Waiting that others caused is not put down to who accepted at last.
  const mine = by === 'person' ? sql`(times_given = 1)` : sql`true`;
  const limit = sql`make_interval(secs => ${ownStepLimitSeconds})`;
  return sql`
    select known.*,
      state = 'voided' as is_voided,
      state in ('closed', 'evaluated') as is_closed,
      ${mine} as is_mine,
      coalesce(accept_late, false) or ${overdue(ofAccept)} as late_accept,
      coalesce(handle_late, false) or ${overdue(ofHandle)} as late_handle,
      coalesce(verify_late, false) or ${overdue(ofVerify)} as late_verify,
      given_at <= created_at + ${limit} as given_in_time,
      not was_self_handled and (given_at is not null or created_at + ${limit} < ${at}) as dispatch_due,
      coalesce(suspended, 0) as suspended_seconds,
      suspended is not null as was_suspended,
      voices.id is not null as is_followed, voices.ratings, voices.rating_sum, voices.was_reopened, voices.answer_seconds
    from known left join voices on voices.id = known.id`;
}

const valid = sql`not is_voided`;
const late = sql`(late_accept or late_handle or late_verify)`;
const anyDue = sql`(coalesce(accept_ended, false) or coalesce(handle_ended, false) or coalesce(verify_ended, false) or ${late})`;
const acceptDue = sql`${valid} and is_mine and (coalesce(accept_ended, false) or late_accept)`;
const handleDue = sql`${valid} and (coalesce(handle_ended, false) or late_handle)`;
const acceptTime = sql`extract(epoch from accepted_at - given_at)::float8`;
const handleTime = sql`extract(epoch from reported_at - accepted_at)::float8 - suspended_handling`;
const closeTime = sql`extract(epoch from closed_at - created_at)::float8 - suspended_seconds`;
const accepts = sql`${valid} and is_mine and given_at < accepted_at`;
const handles = sql`${valid} and reported_at is not null and accepted_at <= reported_at`;
const closes = sql`is_closed and closed_at is not null`;
const answered = sql`${valid} and answer_seconds is not null`;
const n = (condition: RawBuilder<unknown>) => sql`count(*) filter (where ${condition})`;
const rank = (share: number, time: RawBuilder<unknown>, condition: RawBuilder<unknown>) =>
  sql`percentile_disc(${sql.lit(share)}) within group (order by ${time}) filter (where ${condition})`;

const sums = sql`
  select key, grouping(key) = 1 as is_total,
    count(*) as registered, ${n(sql`is_voided`)} as voided, ${n(valid)} as valid,
    ${n(sql`not is_voided and not is_closed`)} as open,
    ${n(sql`told_at is not null`)} as registration_due,
    ${n(sql`created_at <= told_at + make_interval(secs => ${sql.lit(ownStepLimitSeconds)})`)} as registration_on_time,
    ${n(sql`${valid} and dispatch_due`)} as dispatch_due,
    ${n(sql`${valid} and dispatch_due and given_in_time`)} as dispatch_on_time,
    ${n(sql`${valid} and given_at is not null`)} as dispatched,
    ${n(sql`${valid} and given_at is not null and (was_returned or was_reworked)`)} as sent_back,
    ${n(sql`${valid} and given_at is not null and was_returned`)} as returned,
    ${n(sql`${valid} and was_escalated`)} as escalated,
    ${n(acceptDue)} as response_due, ${n(sql`${acceptDue} and not late_accept`)} as response_on_time,
    ${n(handleDue)} as handling_due, ${n(sql`${handleDue} and not late_handle`)} as handling_on_time,
    ${n(sql`is_closed`)} as closed,
    ${n(sql`(is_closed and ${anyDue}) or (${valid} and ${late})`)} as closing_due,
    ${n(sql`is_closed and ${anyDue} and not ${late}`)} as closing_on_time,
    ${n(sql`is_closed or (${valid} and ${late})`)} as solved_due,
    ${n(sql`${valid} and ${anyDue}`)} as any_due, ${n(sql`${valid} and ${late}`)} as late,
    ${n(sql`${valid} and was_reported`)} as reported, ${n(sql`${valid} and was_reported and was_reworked`)} as reworked,
    ${n(sql`is_closed and was_sensor_verified`)} as sensor_verified,
    ${n(sql`${valid} and score is not null`)} as scored,
    ${n(sql`${valid} and score >= ${sql.lit(satisfiedScore)}`)} as satisfied,
    coalesce(sum(score) filter (where ${valid}), 0) as score_sum,
    ${n(sql`is_closed and is_followed`)} as followed, ${n(sql`is_closed and was_reopened`)} as reopened,
    coalesce(sum(ratings) filter (where is_closed), 0) as ratings,
    coalesce(sum(rating_sum) filter (where is_closed), 0) as rating_sum,
    ${n(answered)} as answers, ${rank(0.5, sql`answer_seconds`, answered)} as answer_median,
    ${n(accepts)} as accepts, ${rank(0.5, acceptTime, accepts)} as accept_median, ${rank(0.9, acceptTime, accepts)} as accept_p90,
    ${n(handles)} as handles, ${rank(0.5, handleTime, handles)} as handle_median, ${rank(0.9, handleTime, handles)} as handle_p90,
    ${n(closes)} as closes, ${rank(0.5, closeTime, closes)} as close_median, ${rank(0.9, closeTime, closes)} as close_p90,
    ${n(sql`${valid} and was_suspended`)} as suspended_cases,
    coalesce(sum(suspended_seconds) filter (where ${valid}), 0) as suspended_seconds
  from facts
  group by grouping sets ((key), ())`;
