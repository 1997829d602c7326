import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database, UnitOfWork } from '@sc/platform/database';
import { Sweeper } from '@sc/platform/jobs';
import { LOGGER, type Logger } from '@sc/platform/logging';
import { type Kysely, sql } from 'kysely';
import { Silences } from './silences.js';

/** So many devices in one transaction. */
const batch = 200;
/** The jobs come first; what is this late has none any more. */
const graceMs = 5_000;

/** Ends and begins silences whose job was lost or died (P4, P5): looks every five seconds at what should be otherwise. */
@Injectable()
export class SilenceSweep extends Sweeper {
  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    private readonly unitOfWork: UnitOfWork,
    private readonly silences: Silences,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(logger);
  }

  /** Harmless when several processes do it at once. @returns whether more may wait */
  override async sweepOnce(): Promise<boolean> {
    const late = await this.find(new Date(this.clock.now() - graceMs));
    if (!late.length) return false;
    this.logger.warn({ deviceIds: late }, 'silences that nobody began or ended: done now');
    await this.unitOfWork.run((tx) => this.silences.review(tx, late));
    return late.length === batch;
  }

  /** Devices of alarms whose silence is over, and of alarms that a running window should silence and does not. */
  private async find(at: Date): Promise<string[]> {
    const { rows } = await sql<{ deviceId: string }>`
      select device_id from (
        select device_id from alarms
        where state <> 'normal' and silenced_until is not null and silenced_until <= ${at}
        union
        select alarms.device_id from maintenance_windows w join alarms on alarms.suppressing_window = w.id
        where w.ended_at <= ${at} and alarms.state = 'suppressed-by-design'
        union
        select alarms.device_id from maintenance_windows w
        join alarms on alarms.state in ('unacknowledged', 'acknowledged') and alarms.condition_active
          and (w.life_safety or alarms.severity <> 'extreme')
        join devices d on d.id = alarms.device_id and d.state = 'registered'
        join areas a on a.id = d.area_id
        where w.ended_at is null and w.starts_at <= ${at} and w.ends_at > ${new Date(this.clock.now())}
          and (w.device_id = d.id
            or (w.device_id is null and a.path @> array[w.area_id] and (w.domain is null or w.domain = d.domain)))
      ) late order by device_id limit ${batch}`.execute(this.database);
    return rows.map(({ deviceId }) => deviceId);
  }
}
