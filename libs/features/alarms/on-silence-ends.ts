import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { DATABASE, type Database, type Transaction, UnitOfWork, writersUnderWayEnd } from '@sc/platform/database';
import { type Job, JobClaims, JobHandler } from '@sc/platform/jobs';
import { type Kysely, sql } from 'kysely';
import { Silences } from './silences.js';

/**
 * A shelf or a window of maintenance begins or ends. Looks at the present rows: a late or repeated job, or one of a shelf
 * that was lifted and made anew, changes nothing. Retried by the queue, then a dead letter; `SilenceSweep` goes on.
 */
@Controller()
export class OnSilenceEnds {
  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    private readonly unitOfWork: UnitOfWork,
    private readonly claims: JobClaims,
    private readonly silences: Silences,
  ) {}

  @JobHandler('end-shelf')
  async endShelf(@Payload() job: Job<'end-shelf'>): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      if (!(await this.claims.claim(tx, job))) return;
      const alarm = await tx.db
        .selectFrom('alarms')
        .select('deviceId')
        .where('id', '=', job.payload.alarmId)
        .executeTakeFirst();
      if (alarm) await this.silences.review(tx, [alarm.deviceId]);
    });
  }

  @JobHandler('apply-maintenance')
  async applyMaintenance(@Payload() job: Job<'apply-maintenance'>): Promise<void> {
    // An alarm that was being written when the window came, or went, knows nothing of it and is not seen here yet.
    await writersUnderWayEnd(this.database);
    await this.unitOfWork.run(async (tx) => {
      if (!(await this.claims.claim(tx, job))) return;
      await this.silences.review(tx, await devicesOf(tx, job.payload.windowId));
    });
  }
}

/** Devices with an alarm that the window silences or may silence. */
async function devicesOf({ db }: Transaction, windowId: string): Promise<string[]> {
  const { rows } = await sql<{ deviceId: string }>`
    select distinct alarms.device_id from maintenance_windows w
    join alarms on alarms.state <> 'normal'
    join devices d on d.id = alarms.device_id
    join areas a on a.id = d.area_id
    where w.id = ${windowId} and (alarms.suppressing_window = w.id or w.device_id = d.id
      or (w.device_id is null and a.path @> array[w.area_id] and (w.domain is null or w.domain = d.domain)))`.execute(
    db,
  );
  return rows.map(({ deviceId }) => deviceId);
}
