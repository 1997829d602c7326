import { type Kysely, sql } from 'kysely';

/**
 * Cases that no alarm began, the clock of each step, what the kind of work asks for as it was when the order was
 * registered, and the side flows: extensions, urges, who helps, answers of the checklist.
 */
const statements = [
  `alter table work_orders
    add column source text not null default 'alarm' check (source in ('alarm', 'person', 'round', 'resident')),
    add column intake_key text,
    add column finder_id uuid references people (id),
    add column description text,
    add column limits jsonb,
    add column skills text[] not null default '{}',
    add column team_id uuid,
    add column checklist jsonb not null default '[]',
    add column proof text not null default 'none' check (proof in ('none', 'photo', 'before-and-after')),
    add column sensor_minutes integer,
    add column involved uuid[] not null default '{}',
    add column extension jsonb,
    add column suspended_from text,
    add column resume_at timestamptz,
    add column step_started_at timestamptz,
    add column warn_at timestamptz,
    add column due_at timestamptz,
    add column score smallint check (score between 1 and 5),
    add column evaluated_at timestamptz,
    alter column incident_id drop not null,
    add check ((state = 'suspended') = (suspended_from is not null)),
    add check ((state = 'suspended') = (resume_at is not null))`,
  `update work_orders set proof = 'photo' where photo_required`,
  `update work_orders set involved = array[handler_id] where handler_id is not null`,
  // The same report again is the same case.
  `create unique index work_orders_intake on work_orders (source, intake_key) where intake_key is not null`,
  `drop index work_orders_one_open`,
  `create unique index work_orders_one_open on work_orders (incident_id)
    where state not in ('closed', 'evaluated', 'voided')`,
  `drop index work_orders_assignee`,
  `create index work_orders_assignee on work_orders (assignee_id) where state not in ('closed', 'evaluated', 'voided')`,
  `create index work_orders_due on work_orders (due_at) where due_at is not null`,
  `create index work_orders_resume on work_orders (resume_at) where resume_at is not null`,
  // Where somebody was who took a step, if they say so.
  `alter table work_order_steps
    add column longitude double precision check (longitude between -180 and 180),
    add column latitude double precision check (latitude between -90 and 90),
    add check ((longitude is null) = (latitude is null))`,
  `create table work_order_answers (
    work_order_id uuid not null references work_orders (id),
    key text not null,
    value jsonb not null,
    answered_by uuid not null references people (id),
    answered_at timestamptz not null,
    primary key (work_order_id, key)
  )`,
  `create table work_order_urges (
    id uuid primary key,
    work_order_id uuid not null references work_orders (id),
    urged_by uuid not null references people (id),
    urged_at timestamptz not null,
    answer_by timestamptz not null,
    note text not null,
    answered_by uuid references people (id),
    answered_at timestamptz,
    answer text,
    overdue_at timestamptz,
    check ((answered_by is null) = (answered_at is null))
  )`,
  `create index work_order_urges_order on work_order_urges (work_order_id)`,
  `create index work_order_urges_open on work_order_urges (answer_by) where answered_at is null and overdue_at is null`,
  `create table work_order_assists (
    id uuid primary key,
    work_order_id uuid not null references work_orders (id),
    team_id uuid,
    person_id uuid references people (id),
    invited_by uuid not null references people (id),
    invited_at timestamptz not null,
    note text,
    state text not null check (state in ('open', 'done', 'released')),
    ended_by uuid references people (id),
    ended_at timestamptz,
    end_note text,
    check ((team_id is null) <> (person_id is null)),
    check ((state = 'open') = (ended_at is null))
  )`,
  `create unique index work_order_assists_open on work_order_assists (work_order_id, coalesce(team_id, person_id))
    where state = 'open'`,
  `create index work_order_assists_person on work_order_assists (person_id) where person_id is not null`,
  `create index work_order_assists_team on work_order_assists (team_id) where team_id is not null`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
