import { type Kysely, sql } from 'kysely';

/** Several conditions of one rule on one device, told apart by their subject (the id of a review): '' where there is only one. */
const statements = [
  `alter table alarms add column subject text not null default ''`,
  `drop index alarms_one_active`,
  `create unique index alarms_one_active on alarms (device_id, rule_id, subject) where state <> 'normal'`,
  `drop index alarms_latest`,
  `create index alarms_latest on alarms (device_id, rule_id, subject, last_transition_at desc)`,
  `alter table work_orders add column sensor_verifies boolean not null default false`,
  // the detector's memory is made anew from the events of the last day, in order of time
  `create index device_events_time on device_events (ts, device_id, event_key)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
