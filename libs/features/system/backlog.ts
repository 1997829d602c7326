import { Inject, Injectable } from '@nestjs/common';
import { type Backlog as BacklogView, backlogLimit, type JobName } from '@sc/contracts';
import { DATABASE, type Database } from '@sc/platform/database';
import { laneOf, lanes } from '@sc/platform/jobs';
import { type Kysely, sql } from 'kysely';

/** Reasons told apart; a program that makes up new ones must not grow the answer. */
const mostReasons = 50;

/** What waits in PostgreSQL. Ages are by its own clock, which is the one that `due_at` and `occurred_at` are near to. */
@Injectable()
export class Backlog {
  constructor(@Inject(DATABASE) private readonly db: Kysely<Database>) {}

  async read(): Promise<BacklogView> {
    const [jobs, outbox, deadLetters] = await Promise.all([this.jobs(), this.outbox(), this.deadLetters()]);
    return { jobs, outbox, deadLetters };
  }

  private async jobs(): Promise<BacklogView['jobs']> {
    const { rows } = await sql<{
      name: JobName;
      urgent: boolean;
      due: number;
      scheduled: number;
      oldestDueSeconds: number | null;
      dead: number;
    }>`
      with waiting as (select name, urgent, due_at from jobs where state = 'pending' order by due_at limit ${backlogLimit}),
           dead as (select name, urgent from jobs where state = 'dead' order by finished_at desc limit ${backlogLimit})
      select name, urgent,
             count(*) filter (where due_at <= now())::int as due,
             count(*) filter (where due_at > now())::int as scheduled,
             extract(epoch from now() - min(due_at) filter (where due_at <= now()))::float8 as oldest_due_seconds,
             0 as dead
      from waiting group by name, urgent
      union all select name, urgent, 0, 0, null, count(*)::int from dead group by name, urgent`.execute(this.db);
    return lanes.map((lane) => {
      const own = rows.filter(({ name, urgent }) => laneOf(name, urgent) === lane);
      const total = (field: 'due' | 'scheduled' | 'dead') => own.reduce((sum, row) => sum + row[field], 0);
      const ages = own.flatMap(({ oldestDueSeconds }) => oldestDueSeconds ?? []);
      return {
        lane,
        due: total('due'),
        scheduled: total('scheduled'),
        dead: total('dead'),
        oldestDueSeconds: ages.length ? Math.max(...ages) : null,
      };
    });
  }

  private async outbox(): Promise<BacklogView['outbox']> {
    const { rows } = await sql<{ events: number; oldestSeconds: number | null }>`
      select count(*)::int as events,
             greatest(0, extract(epoch from now() - min(occurred_at)))::float8 as oldest_seconds
      from (select occurred_at from outbox
            where position > coalesce((select position from relay_cursors where name = 'jobs'), 0)
            order by position limit ${backlogLimit}) as ahead`.execute(this.db);
    const [{ events, oldestSeconds } = { events: 0, oldestSeconds: null }] = rows;
    return { events, oldestSeconds: events ? oldestSeconds : null };
  }

  private async deadLetters(): Promise<BacklogView['deadLetters']> {
    const { rows } = await sql<BacklogView['deadLetters'][number]>`
      select * from (
        select 'message' as kind, reason, count(*)::int as total,
               count(*) filter (where received_at > now() - interval '1 hour')::int as last_hour
        from dead_letters where replayed_at is null group by reason
        union all
        select 'job', left(split_part(coalesce(last_error, 'failed'), ':', 1), 80), count(*)::int,
               count(*) filter (where finished_at > now() - interval '1 hour')::int
        from (select last_error, finished_at from jobs where state = 'dead'
              order by finished_at desc limit ${backlogLimit}) as dead group by 2
      ) as letters order by last_hour desc, total desc, reason limit ${mostReasons}`.execute(this.db);
    return rows;
  }
}
