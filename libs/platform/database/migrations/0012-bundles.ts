import { type Kysely, sql } from 'kysely';

/** Jobs that were made together are handed over and handled together, grave ones before others. */
const statements = [
  `alter table jobs add column bundle uuid`,
  `alter table jobs add column urgent boolean not null default false`,
  `create index jobs_bundle on jobs (bundle) where state = 'pending' and bundle is not null`,
  // whether an alarm is part of an order's story is asked for each alarm of a storm
  `create index work_order_steps_alarm on work_order_steps (work_order_id, (data ->> 'alarmId'))
    where action in ('register', 'link-alarm')`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
