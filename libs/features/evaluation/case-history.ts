import { type RawBuilder, sql } from 'kysely';

/** What is read of the steps of a case; for one that stands still it is kept (`case_facts`). */
export const historyColumns = [
  'given_at',
  'times_given',
  'accepted_at',
  'reported_at',
  'closed_at',
  'was_reported',
  'was_self_handled',
  'was_reworked',
  'was_returned',
  'was_escalated',
  'was_sensor_verified',
  'accept_ended',
  'accept_late',
  'handle_ended',
  'handle_late',
  'verify_ended',
  'verify_late',
  'told_at',
  'suspended',
  'suspended_handling',
] as const;
export const columnsOf = (table: string) => sql.join(historyColumns.map((name) => sql.ref(`${table}.${name}`)));

/** States in which the clock of a step runs; who leaves them ends that step, unless the clock only stops for a while. */
export const ofAccept = sql`('registered', 'dispatched')`;
export const ofHandle = sql`('accepted', 'in-hand')`;
export const ofVerify = sql`('reported', 'verified')`;
const leaves = (states: RawBuilder<unknown>) =>
  sql`s.from_state in ${states} and s.to_state not in ${states} and s.to_state <> 'suspended' and s.due_at is not null`;
const isLate = sql`s.at > s.due_at`;

/**
 * The history of each case of `asked` (id, created_at, source), step by step. Case by case along the index: planners guess how many
 * are asked for, and a wrong guess reads all steps there are.
 */
export const historiesOf = (at: Date): RawBuilder<unknown> => sql`
  select asked.id, told.*, alarm.told_at, pauses.suspended, coalesce(pauses.suspended_handling, 0) as suspended_handling
  from asked cross join lateral (${stepsOf(at)}) told
    left join lateral (${toldAt}) alarm on true
    left join lateral (${pausesOf(at)}) pauses on true`;

/** What the steps of a case say. */
const stepsOf = (at: Date) => sql`
  select
    min(s.at) filter (where s.to_state in ('dispatched', 'accepted')) as given_at,
    count(*) filter (where s.to_state = 'dispatched' and s.action in ('dispatch', 'assign', 'escalate')) as times_given,
    min(s.at) filter (where s.action = 'accept') as accepted_at,
    max(s.at) filter (where s.action = 'report') as reported_at,
    max(s.at) filter (where s.action = 'close') as closed_at,
    bool_or(s.action in ('report', 'self-handled')) as was_reported,
    bool_or(s.action = 'self-handled') as was_self_handled,
    bool_or(s.action in ('rework', 'sensor-rework')) as was_reworked,
    bool_or(s.action = 'return') as was_returned,
    bool_or(s.action = 'escalate') as was_escalated,
    bool_or(s.action = 'sensor-verify') as was_sensor_verified,
    bool_or(s.to_state = 'suspended') as was_suspended,
    bool_or(${leaves(ofAccept)} and s.action in ('accept', 'self-handled')) as accept_ended,
    bool_or(${leaves(ofAccept)} and ${isLate}) as accept_late,
    bool_or(${leaves(ofHandle)} and s.to_state in ('reported', 'verified')) as handle_ended,
    bool_or(${leaves(ofHandle)} and ${isLate}) as handle_late,
    bool_or(${leaves(ofVerify)}) as verify_ended,
    bool_or(${leaves(ofVerify)} and ${isLate}) as verify_late
  from work_order_steps s
  where s.work_order_id = asked.id and s.at <= ${at}
  having count(*) > 0`;

/** How long the case was suspended, and how much of it between acceptance and report. */
function pausesOf(at: Date): RawBuilder<unknown> {
  const length = sql`extract(epoch from coalesce(pause.until, ${at}::timestamptz) - pause.since)::float8`;
  return sql`
    select sum(${length}) as suspended,
      sum(${length}) filter (where pause.since >= told.accepted_at and pause.since < told.reported_at) as suspended_handling
    from (
      select s.to_state, s.at as since, lead(s.at) over (order by s.at, s.id) as until
      from work_order_steps s
      where told.was_suspended and s.work_order_id = asked.id and s.at <= ${at} and (s.from_state = 'suspended') <> (s.to_state = 'suspended')
    ) pause
    where pause.to_state = 'suspended'`;
}

/** When the alarm that began it was told: its newest step before the registration. */
const toldAt = sql`
  select max(step.recorded_at) as told_at
  from work_order_steps registration
    join alarm_steps step on step.alarm_id = (registration.data ->> 'alarmId')::uuid and step.recorded_at <= asked.created_at
  where registration.work_order_id = asked.id and registration.action = 'register' and asked.source = 'alarm'`;
