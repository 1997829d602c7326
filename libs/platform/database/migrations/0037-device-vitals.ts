import { type Kysely, sql } from 'kysely';

/**
 * What devices tell about themselves, beside their rows: the fleet's health is asked for 20,000 devices at once, and the time-series
 * store answers for a hundred. No index is on these columns, so that writing them stays cheap.
 */
const statements = [
  `alter table devices
    add column battery_percent real,
    add column battery_at timestamptz,
    add column signal_metric text,
    add column signal_value real,
    add column signal_percent real,
    add column signal_at timestamptz,
    -- how far its time is behind ours while all that it sends is; null: right
    add column clock_behind_seconds integer`,
  // who lost the connection how often, among two weeks of events of all kinds
  `create index outbox_lost_connections on outbox (occurred_at, subject_id)
    where type = 'device.changed.v1' and payload ->> 'change' = 'offline'`,
  // the cases of a device, also those that its alarm has left since
  `create index work_order_steps_of_alarm on work_order_steps ((data ->> 'alarmId'))
    where action in ('register', 'link-alarm')`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
