import { type Kysely, sql } from 'kysely';

/** Jobs that were made together are handed over and handled together, grave ones before others. */
const statements = [
  `alter table jobs add column bundle uuid`,
  `alter table jobs add column urgent boolean not null default false`,
  `create index jobs_bundle on jobs (bundle) where state = 'pending' and bundle is not null`,
  // whether an alarm is part of an order's story is asked for each alarm of a storm
  `create index work_order_steps_alarm on work_order_steps (work_order_id, (data ->> 'alarmId'))
    where action in ('register', 'link-alarm')`,
  // waits for its turn to commit (UnitOfWork) and then looks at the end of the audit trail: one round trip instead of two
  `create function take_commit_turn(lock_key bigint, out sequence bigint, out hash bytea) language plpgsql as $$
    begin
      perform pg_advisory_xact_lock(lock_key);
      select a.sequence, a.hash into sequence, hash from audit_trail a order by a.sequence desc limit 1;
    end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
