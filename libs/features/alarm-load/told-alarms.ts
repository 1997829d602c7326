import { Inject, Injectable } from '@nestjs/common';
import { areaScope } from '@sc/features/directory';
import { DATABASE, type Database } from '@sc/platform/database';
import { ProblemError } from '@sc/platform/http';
import { type Kysely, sql } from 'kysely';
import type { ToldAlarm } from './load-meter.js';
import { refusals } from './refusals.js';

/** Of one question to PostgreSQL: some ten milliseconds, so that others get their turn. */
const pageSize = 5_000;
/** A hundred alarms in every ten minutes of a month, each told and seen. More is no figure but an accident. */
export const mostSteps = 1_000_000;

interface Row extends ToldAlarm {
  id: string;
  recordedAt: Date;
  isThere: boolean;
}

/** When alarms were told to the control room and seen, by our clock. */
@Injectable()
export class ToldAlarms {
  constructor(@Inject(DATABASE) private readonly db: Kysely<Database>) {}

  /**
   * Of an area and all below it, `from` ≤ time < `to`, in order of time.
   * @throws ProblemError `too-large` when the whole site has more than {@link mostSteps}
   */
  async *between(areaId: string, from: number, to: number): AsyncGenerator<ToldAlarm> {
    const areaIds = await this.areasIn(areaId);
    let after: [Date, string] = [new Date(from), '00000000-0000-0000-0000-000000000000'];
    for (let read = 0; ; read += pageSize) {
      if (read >= mostSteps) throw new ProblemError('too-large', refusals.tooManySteps(mostSteps));
      const rows = await this.page(areaIds, after, new Date(to));
      for (const row of rows) if (row.isThere) yield { ...row, at: row.recordedAt.getTime() };
      const last = rows.at(-1);
      if (!last || rows.length < pageSize) return;
      after = [last.recordedAt, last.id];
    }
  }

  /**
   * Alarms shown at that moment whose condition had held for a day.
   * What is silenced is not shown; what ended and began again is as old as its last beginning.
   */
  async staleAt(areaId: string, at: number): Promise<number> {
    const moment = new Date(at);
    const dayBefore = new Date(at - 86_400_000);
    const { rows } = await sql<{ stale: number }>`
      select count(*) as stale from alarms join areas on areas.id = alarms.area_id
      cross join lateral (
        select to_state from alarm_steps
        where alarm_id = alarms.id and recorded_at <= ${moment} order by recorded_at desc, at desc, id desc limit 1
      ) shown
      cross join lateral (
        select action, recorded_at from alarm_steps
        where alarm_id = alarms.id and recorded_at <= ${moment} and action in ('raise', 'clear', 'resolve')
        order by recorded_at desc, at desc, id desc limit 1
      ) condition
      where ${areaScope(areaId)} and alarms.created_at <= ${dayBefore}
        and (alarms.condition_active or alarms.cleared_at > ${dayBefore})
        and shown.to_state in ('unacknowledged', 'acknowledged')
        and condition.action = 'raise' and condition.recorded_at <= ${dayBefore}`.execute(this.db);
    return Number(rows[0]?.stale ?? 0);
  }

  /**
   * The next steps of the whole site by the index of their time, then whose they are: a plan that begins with the alarms of
   * an area would sort all of its history for each page.
   */
  private async page(areaIds: readonly string[], [at, id]: [Date, string], to: Date): Promise<Row[]> {
    // What changes nothing of the state (a comment, an assignment) tells nobody anything.
    const { rows } = await sql<Row>`
      with steps as materialized (
        select id, recorded_at, action, alarm_id from alarm_steps
        where (to_state = 'unacknowledged' or action = 'acknowledge')
          and (action in ('acknowledge', 'escalate-severity') or from_state is distinct from to_state)
          and (recorded_at, id) > (${at}, ${id}::uuid) and recorded_at < ${to}
        order by recorded_at, id limit ${pageSize}
      )
      select s.id, s.recorded_at, case when s.action = 'acknowledge' then 'seen' else 'told' end as kind,
        s.alarm_id, alarms.rule_id, alarms.device_id, alarms.severity, alarms.judgement,
        alarms.area_id = any(${areaIds}::text[]) as is_there
      from steps s
        -- one by one by their key: all of the site's alarms are many more than those of a page
        cross join lateral (select * from alarms where id = s.alarm_id offset 0) alarms
      order by s.recorded_at, s.id`.execute(this.db);
    return rows;
  }

  private async areasIn(areaId: string): Promise<string[]> {
    const rows = await this.db.selectFrom('areas').select('id').where(areaScope(areaId)).execute();
    return rows.map(({ id }) => id);
  }
}
