import {
  fleetLimits,
  type FleetProblem,
  fleetProblems,
  lowBatteryPercent,
  sleepingLabel,
  weakSignalPercent,
} from '@sc/contracts';
import { areaScope } from '@sc/features/directory';
import { type RawBuilder, sql } from 'kysely';

interface FleetScope {
  /** Of the person who asks. */
  personAreaId: string;
  areaId: string | undefined;
  domain: string | undefined;
  q: string | undefined;
  /** Our clock, ms. */
  now: number;
}

const at = (ms: number) => sql`${new Date(ms).toISOString()}::timestamptz`;

/** In which rows of `judged` a problem shows. */
const problemSql: Record<FleetProblem, RawBuilder<boolean>> = {
  silent: sql`last_seen_at is not null and (quiet
    or (connection = 'offline' and not sleeps and last_seen_at < gone_before)
    or last_seen_at < quiet_before)`,
  flapping: sql`not sleeps and losses >= ${sql.lit(fleetLimits.losses)}`,
  'low-battery': sql`battery_percent < ${sql.lit(lowBatteryPercent)}`,
  'weak-signal': sql`signal_percent < ${sql.lit(weakSignalPercent)}`,
  'never-seen': sql`connection = 'never-seen' and last_seen_at is null`,
  'clock-wrong': sql`clock_behind_seconds is not null or clock_letters > 0`,
  'dead-letters': sql`letters >= ${sql.lit(fleetLimits.deadLetters)}`,
  'out-of-service': sql`out_since is not null`,
};

const problemsOf = sql`array_remove(array[${sql.join(
  fleetProblems.map((problem) => sql`case when ${problemSql[problem]} then ${sql.lit(problem)} end`),
)}], null)::text[]`;

/**
 * The registered devices that the person sees and the filters leave, each judged: what every part of the answer is made of. All of it
 * comes from tables that are small beside the devices, or from an index that holds nothing else.
 */
export const judgedDevices = ({ personAreaId, areaId, domain, q, now }: FleetScope): RawBuilder<unknown> => sql`
  lost as (
    select subject_id, count(*)::int as losses, max(occurred_at) as last_loss_at from outbox
    where type = 'device.changed.v1' and payload ->> 'change' = 'offline'
      and occurred_at > ${at(now - fleetLimits.withinMs)}
    group by subject_id),
  refused as (
    select device_id, count(*)::int as letters,
      count(*) filter (where reason in ('clock-ahead', 'too-old'))::int as clock_letters
    from dead_letters where device_id is not null and received_at > ${at(now - fleetLimits.withinMs)}
    group by device_id),
  outs as (select device_id, taken_at from out_of_service where returned_at is null and rule_id is null),
  quiet as (
    select distinct alarms.device_id from alarms join rules on rules.id = alarms.rule_id
    where alarms.state <> 'normal' and alarms.condition_active and rules.definition #>> '{condition,kind}' = 'silence'),
  grids as (
    select areas.id, (array_agg(grid.id order by step.depth desc))[1] as grid_id from areas
    cross join unnest(areas.path) with ordinality as step (id, depth)
    join areas grid on grid.id = step.id and grid.kind = 'duty-grid'
    where ${areaScope(areaId ?? personAreaId)} group by areas.id),
  places as materialized (
    select areas.id, grids.grid_id from areas left join grids on grids.id = areas.id
    where ${areaScope(personAreaId)} ${areaId === undefined ? sql`` : sql`and ${areaScope(areaId)}`}),
  facts as (
    select devices.id, devices.name, devices.domain, devices.area_id, places.grid_id,
      devices.placement, devices.connection, devices.last_seen_at, devices.battery_percent, devices.battery_at,
      devices.signal_metric, devices.signal_value, devices.signal_percent, devices.signal_at, devices.clock_behind_seconds,
      coalesce(lost.losses, 0) as losses, lost.last_loss_at, coalesce(refused.letters, 0) as letters,
      coalesce(refused.clock_letters, 0) as clock_letters, outs.taken_at as out_since,
      quiet.device_id is not null as quiet, ${sleepingLabel} = any(devices.labels) as sleeps,
      ${at(now - fleetLimits.offlineMs)} as gone_before, ${at(now - fleetLimits.quietMs)} as quiet_before
    from devices join places on places.id = devices.area_id
    left join lost on lost.subject_id = devices.id
    left join refused on refused.device_id = devices.id
    left join outs on outs.device_id = devices.id
    left join quiet on quiet.device_id = devices.id
    where devices.state = 'registered'
      ${domain === undefined ? sql`` : sql`and devices.domain = ${domain}`}
      ${q === undefined ? sql`` : matches(q)}),
  judged as materialized (select facts.*, ${problemsOf} as problems from facts)`;

function matches(q: string): RawBuilder<unknown> {
  const pattern = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
  return sql`and (devices.name ilike ${pattern} or devices.id ilike ${pattern} or devices.placement ilike ${pattern})`;
}
