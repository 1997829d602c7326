import { type Kysely, sql } from 'kysely';

/** What a photo or voice note shows, when and where it was made; when its file went; files on their way into the store. */
const statements = [
  `alter table attachments
    add column kind text not null default 'other' check (kind in ('before', 'after', 'other', 'voice')),
    add column taken_at timestamptz,
    add column longitude double precision check (longitude between -180 and 180),
    add column latitude double precision check (latitude between -90 and 90),
    add column width integer,
    add column height integer,
    add column duration_ms integer,
    add column request_id text,
    add column thumbnail_sha256 bytea,
    add column expired_at timestamptz,
    add check ((longitude is null) = (latitude is null)),
    add unique (work_order_id, uploaded_by, request_id)`,
  `create index attachments_thumbnail on attachments (thumbnail_sha256) where thumbnail_sha256 is not null`,
  `create index attachments_kept on attachments (work_order_id) where expired_at is null`,
  `create index work_orders_ended on work_orders (closed_at) where closed_at is not null`,
  `create table arriving_files (
    sha256 bytea primary key,
    arrived_at timestamptz not null
  )`,
  `create index arriving_files_age on arriving_files (arrived_at)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
