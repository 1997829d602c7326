import type { TimelineEntry } from '@sc/contracts';
import type { Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';

/** The newest lines of a long story; an alarm that flutters for a day must not make the page unusable. */
const mostEntries = 1000;
/** Reminders of an ignored order go on for ever; they must not push its steps out. */
const mostNotifications = 200;

interface Row {
  at: Date;
  kind: TimelineEntry['kind'];
  subjectId: string;
  action: string;
  fromState: string | null;
  toState: string | null;
  actorKind: TimelineEntry['actorKind'];
  actorName: string | null;
  note: string | null;
  data: Record<string, unknown>;
}

/** What happened to these alarms, orders and incidents and who was told, oldest first. */
export async function timelineOf(
  db: Kysely<Database>,
  alarmIds: string[],
  workOrderIds: string[],
  incidentIds: string[] = [],
): Promise<TimelineEntry[]> {
  const { rows } = await sql<Row>`
    select * from (
      select s.id, s.recorded_at as at, 'alarm' as kind, s.alarm_id::text as subject_id, s.action, s.from_state, s.to_state,
        s.actor_kind, coalesce(p.name, d.name) as actor_name, s.note, s.data || jsonb_build_object('occurredAt', s.at) as data
      from alarm_steps s
        left join people p on s.actor_kind = 'person' and p.id::text = s.actor_id
        left join devices d on s.actor_kind = 'device' and d.id = s.actor_id
      where s.alarm_id = any (${alarmIds}::uuid[])
      union all
      select s.id, s.at, 'work-order', s.work_order_id::text, s.action, s.from_state, s.to_state,
        s.actor_kind, p.name, s.note, s.data || jsonb_strip_nulls(jsonb_build_object('assigneeName', a.name, 'teamName', t.name, 'position', case when s.longitude is not null then jsonb_build_array(s.longitude, s.latitude) end))
      from work_order_steps s
        left join people p on s.actor_kind = 'person' and p.id::text = s.actor_id
        left join people a on a.id::text = s.data ->> 'assigneeId'
        left join teams t on t.id::text = s.data ->> 'teamId'
      where s.work_order_id = any (${workOrderIds}::uuid[])
      union all
      select s.id, s.at, 'incident', s.incident_id::text, s.action, null, null,
        s.actor_kind, p.name, s.note, s.data
      from incident_steps s left join people p on s.actor_kind = 'person' and p.id::text = s.actor_id
      where s.incident_id = any (${incidentIds}::uuid[])
      union all
      select * from (
        select n.id, n.created_at, 'notification', n.work_order_id::text, n.kind, null, null,
          'system', null, null, jsonb_build_object('personId', n.person_id, 'personName', p.name)
        from notifications n join people p on p.id = n.person_id
        where n.work_order_id = any (${workOrderIds}::uuid[])
        order by n.created_at desc, n.id desc limit ${mostNotifications}
      ) told
      order by at desc, id desc limit ${mostEntries}
    ) newest order by at, id`.execute(db);
  return rows.map((row) => ({
    at: row.at.toISOString(),
    kind: row.kind,
    subjectId: row.subjectId,
    action: row.action,
    fromState: row.fromState,
    toState: row.toState,
    actorKind: row.actorKind,
    actorName: row.actorName,
    note: row.note,
    data: row.data,
  }));
}
