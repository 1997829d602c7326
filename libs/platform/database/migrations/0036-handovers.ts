import { type Kysely, sql } from 'kysely';

/** What one shift of the control room hands over to the next. */
const statements = [
  `create table handovers (
    id uuid primary key,
    area_id text not null references areas (id),
    team_id uuid references teams (id),
    shift_starts_at timestamptz not null,
    shift_ends_at timestamptz not null,
    planned boolean not null,
    state text not null check (state in ('draft', 'handed-over', 'returned', 'accepted', 'discarded')),
    version int not null default 1,
    opened_by uuid not null references people (id),
    opened_at timestamptz not null,
    giver_id uuid references people (id),
    receiver_id uuid references people (id),
    handed_over_at timestamptz,
    ended_at timestamptz,
    snapshot jsonb,
    check (shift_starts_at < shift_ends_at),
    check (state in ('draft', 'returned', 'discarded')
      or (snapshot is not null and giver_id <> receiver_id and handed_over_at is not null))
  )`,
  // One for a shift and a team at a time; of what has ended there may be several.
  `create unique index handovers_open on handovers (area_id, team_id, shift_starts_at) nulls not distinct
    where state in ('draft', 'handed-over', 'returned')`,
  `create index handovers_shift on handovers (shift_starts_at desc, id)`,
  `create index handovers_receiver on handovers (receiver_id) where state = 'handed-over'`,
  `create table handover_notes (
    id uuid primary key,
    handover_id uuid not null references handovers (id),
    item_kind text,
    item_id text,
    item_title jsonb,
    words text not null,
    by_id uuid not null references people (id),
    at timestamptz not null,
    version int not null default 1,
    request_id text not null,
    unique (handover_id, by_id, request_id),
    check ((item_kind is null) = (item_id is null) and (item_kind is null) = (item_title is null))
  )`,
  `create table handover_steps (
    id uuid primary key,
    handover_id uuid not null references handovers (id),
    action text not null,
    at timestamptz not null,
    by_id uuid not null references people (id),
    to_id uuid references people (id),
    words text
  )`,
  `create index handover_steps_of on handover_steps (handover_id, at)`,
  // What was accepted is a document: our own account changes nothing of it either.
  `create function keep_ended_handover() returns trigger language plpgsql as $$
    begin
      if old.state in ('accepted', 'discarded') then raise exception 'a hand-over that has ended does not change'; end if;
      return case tg_op when 'DELETE' then old else new end;
    end $$`,
  `create trigger handovers_keep_ended before update or delete on handovers
    for each row execute function keep_ended_handover()`,
  `create function keep_handed_over_notes() returns trigger language plpgsql as $$
    declare the_state text;
    begin
      select state into the_state from handovers where id = coalesce(new.handover_id, old.handover_id);
      if the_state not in ('draft', 'returned') then raise exception 'notes change only while a hand-over is written'; end if;
      return case tg_op when 'DELETE' then old else new end;
    end $$`,
  `create trigger handover_notes_keep before insert or update or delete on handover_notes
    for each row execute function keep_handed_over_notes()`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
