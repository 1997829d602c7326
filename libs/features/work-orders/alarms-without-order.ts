import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database } from '@sc/platform/database';
import { Sweeper } from '@sc/platform/jobs';
import { LOGGER, type Logger } from '@sc/platform/logging';
import { type Kysely, sql } from 'kysely';

/** A job that dies each time makes one dead letter in this time, not a flood; an alarm waits no longer for the next try. */
const retryAfterSeconds = 60;

/**
 * No alarm is forgotten (P4): one that asks for a person and has no incident because its `open-incident` job, or the
 * `follow-incident` job of its rise, ended in the dead letters gets that job again. So does the end of a condition that
 * would have closed an order. The first time at once, then every minute, for as long as it is so.
 */
@Injectable()
export class AlarmsWithoutOrder extends Sweeper {
  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(logger);
  }

  /** Harmless when several processes do it. @returns false: the next look is in five seconds */
  override async sweepOnce(): Promise<boolean> {
    const now = new Date(this.clock.now());
    const { rows } = await sql<{ alarmId: string }>`
      update jobs set state = 'pending', attempts = 0, due_at = ${now}, finished_at = null, replayed_at = ${now}
      from outbox e, alarms a
      where jobs.name in ('open-incident', 'follow-incident') and jobs.state = 'dead'
        and e.id = case when jobs.name in ('open-incident', 'follow-incident') then jobs.subject::uuid end
        and a.id = case when e.type in ('alarm.raised.v1', 'alarm.changed.v1') then e.subject_id::uuid end
        and (
          (a.work_order and a.incident_id is null and a.state <> 'normal'
            and (jobs.name = 'open-incident' or e.payload ->> 'action' = 'escalate-severity'))
          or (jobs.name = 'follow-incident' and not a.condition_active and exists (
            select from work_orders o
            where o.incident_id = a.incident_id and o.sensor_verifies and o.state not in ('closed', 'evaluated', 'voided')))
        )
        and (jobs.replayed_at is null or jobs.replayed_at + make_interval(secs => ${retryAfterSeconds}) <= ${now})
      returning a.id as alarm_id`.execute(this.database);
    if (rows.length)
      this.logger.error(
        { alarmIds: rows.map((row) => row.alarmId) },
        'alarms without the order or the end they ask for: tried again',
      );
    return false;
  }
}
