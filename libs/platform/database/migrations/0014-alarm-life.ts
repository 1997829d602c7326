import { type Kysely, sql } from 'kysely';

/**
 * What people do to alarms: assign, silence with an end, judge. Maintenance silences a place or a device for a time, out of
 * service silences a device (or one rule on it) until somebody takes it back.
 */
const statements = [
  `create table maintenance_windows (
    id uuid primary key,
    area_id text not null references areas (id),
    domain text,
    device_id text references devices (id),
    life_safety boolean not null default false,
    starts_at timestamptz not null,
    ends_at timestamptz not null check (ends_at > starts_at),
    reason text not null,
    created_by uuid not null references people (id),
    created_at timestamptz not null,
    ended_at timestamptz,
    ended_by uuid references people (id)
  )`,
  // which window silences an alarm is asked for each batch of alarms
  `create index maintenance_windows_open on maintenance_windows (ends_at) where ended_at is null`,
  `create index maintenance_windows_history on maintenance_windows (starts_at desc, id desc)`,
  `create table out_of_service (
    id uuid primary key,
    device_id text not null references devices (id),
    rule_id text references rules (id),
    reason text not null,
    taken_by uuid not null references people (id),
    taken_at timestamptz not null,
    returned_by uuid references people (id),
    returned_at timestamptz
  )`,
  `create unique index out_of_service_one on out_of_service (device_id, coalesce(rule_id, '')) where returned_at is null`,
  `alter table alarms
    add column assignee_id uuid references people (id),
    add column latching boolean not null default false,
    add column suppression_group text,
    add column silenced_at timestamptz,
    add column silenced_until timestamptz,
    add column silenced_by uuid references people (id),
    add column silenced_reason text,
    add column suppressing_window uuid references maintenance_windows (id),
    -- both may be new in one transaction: looked at when it ends
    add column suppressing_alarm uuid references alarms (id) deferrable initially deferred,
    add column shelved_ms bigint not null default 0,
    add column judgement text check (judgement in ('true', 'false', 'test')),
    add column judged_by uuid references people (id),
    add column judged_at timestamptz`,
  // those of a device that may hide one another or come back together
  `create index alarms_device_open on alarms (device_id) where state <> 'normal'`,
  `create index alarms_assignee on alarms (assignee_id) where state <> 'normal' and assignee_id is not null`,
  `create index alarms_silence_ends on alarms (silenced_until) where silenced_until is not null`,
  // What silences the alarms of these devices at a moment: asked for each batch of alarms. As a function, so that a session
  // plans it once; with nothing silenced, as nearly always, it is two looks at empty indexes.
  `create function silences_of(device_ids text[], moment timestamptz) returns json language plpgsql stable as $$
    declare windows json; outs json;
    begin
      if exists (select from maintenance_windows where ended_at is null and ends_at > moment) then
        select json_agg(json_build_object('device_id', d.id, 'id', w.id, 'ends_at', w.ends_at,
          'life_safety', w.life_safety, 'reason', w.reason, 'by', w.created_by)) into windows
        from maintenance_windows w
        join devices d on d.id = any(device_ids) and d.state = 'registered'
          and (w.device_id = d.id or (w.device_id is null and (w.domain is null or w.domain = d.domain)))
        join areas a on a.id = d.area_id and (w.device_id is not null or a.path @> array[w.area_id])
        where w.ended_at is null and w.starts_at <= moment and w.ends_at > moment;
      end if;
      if exists (select from out_of_service where returned_at is null) then
        select json_agg(json_build_object('device_id', d.id, 'rule_id', o.rule_id, 'reason', o.reason, 'by', o.taken_by)) into outs
        from out_of_service o join devices d on d.id = o.device_id and d.state = 'registered'
        where o.device_id = any(device_ids) and o.returned_at is null;
      end if;
      if windows is null and outs is null then return null; end if;
      return json_build_object('windows', windows, 'outs', outs);
    end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
