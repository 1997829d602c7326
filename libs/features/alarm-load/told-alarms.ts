import { Inject, Injectable } from '@nestjs/common';
import { areaScope } from '@sc/features/directory';
import { DATABASE, type Database } from '@sc/platform/database';
import { ProblemError } from '@sc/platform/http';
import { type Kysely, sql } from 'kysely';
import type { ToldAlarm } from './load-meter.js';

/** Of one question to PostgreSQL: some ten milliseconds, so that others get their turn. */
const pageSize = 5_000;
/** A hundred alarms in every ten minutes of a month, each told and seen. More is no figure but an accident. */
export const mostSteps = 1_000_000;

interface Row extends ToldAlarm {
  id: string;
  recordedAt: Date;
}

/** When alarms were told to the control room and seen, by our clock. */
@Injectable()
export class ToldAlarms {
  constructor(@Inject(DATABASE) private readonly db: Kysely<Database>) {}

  /**
   * Of an area and all below it, `from` ≤ time < `to`, in order of time.
   * @throws ProblemError `too-large` when there are more than {@link mostSteps}
   */
  async *between(areaId: string, from: number, to: number): AsyncGenerator<ToldAlarm> {
    let after: [Date, string] = [new Date(from), '00000000-0000-0000-0000-000000000000'];
    for (let read = 0; ; read += pageSize) {
      if (read >= mostSteps)
        throw new ProblemError('too-large', `more than ${mostSteps} steps: ask for a shorter range`);
      const rows = await this.page(areaId, after, new Date(to));
      for (const row of rows) yield { ...row, at: row.recordedAt.getTime() };
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

  private async page(areaId: string, [at, id]: [Date, string], to: Date): Promise<Row[]> {
    // What changes nothing of the state (a comment, an assignment) tells nobody anything.
    const { rows } = await sql<Row>`
      select s.id, s.recorded_at, case when s.action = 'acknowledge' then 'seen' else 'told' end as kind,
        s.alarm_id, alarms.rule_id, alarms.device_id, alarms.severity, alarms.judgement
      from alarm_steps s join alarms on alarms.id = s.alarm_id join areas on areas.id = alarms.area_id
      where (s.to_state = 'unacknowledged' or s.action = 'acknowledge')
        and (s.action in ('acknowledge', 'escalate-severity') or s.from_state is distinct from s.to_state)
        and (s.recorded_at, s.id) > (${at}, ${id}::uuid) and s.recorded_at < ${to} and ${areaScope(areaId)}
      order by s.recorded_at, s.id limit ${pageSize}`.execute(this.db);
    return rows;
  }
}
