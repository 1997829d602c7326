import { Inject, Injectable } from '@nestjs/common';
import type { ClockedStep } from '@sc/contracts';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database, type Row, UnitOfWork } from '@sc/platform/database';
import { reviveJobs, Sweeper } from '@sc/platform/jobs';
import { LOGGER, type Logger } from '@sc/platform/logging';
import { type Kysely, sql } from 'kysely';
import { checkDeadline } from './order-clock.js';

const batch = 500;
/** A look that dies each time is tried anew so often: a dead letter now and then, not a flood. */
const againAfterSeconds = 600;

interface Forgotten extends Pick<Row<'workOrders'>, 'id' | 'severity'> {
  step: ClockedStep;
  at: Date;
  /** The look that died, or ended without effect (a clock that was set back); `null`: there is none. */
  jobId: string | null;
}

/** No deadline passes in silence (P5): one of which nobody was told and that has no pending look gets one again within seconds. */
@Injectable()
export class OverdueDeadlines extends Sweeper {
  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(logger);
  }

  /** Harmless when several processes do it. @returns whether more may wait */
  override async sweepOnce(): Promise<boolean> {
    const now = new Date(this.clock.now());
    const forgotten = await this.find(now);
    if (!forgotten.length) return false;
    this.logger.warn({ workOrderIds: forgotten.map(({ id }) => id) }, 'deadlines had passed unseen');
    await this.unitOfWork.run(async ({ db, schedule }) => {
      await reviveJobs(
        db,
        forgotten.flatMap(({ jobId }) => jobId ?? []),
        now,
      );
      for (const order of forgotten) if (!order.jobId) schedule(checkDeadline(order, order.step, order.at.getTime()));
    });
    return forgotten.length === batch;
  }

  private async find(now: Date): Promise<Forgotten[]> {
    const { rows } = await sql<Forgotten>`
      select o.id, o.severity, o.step, o.at, j.id as job_id
      from (
        select id, severity, clock -> 'now' ->> 'step' as step, case deadline_told when 0 then warn_at else due_at end as at
        from work_orders
        where due_at is not null and deadline_told < 2 and coalesce(warn_at, due_at) <= ${now}
      ) o
        left join jobs j on j.name = 'check-deadline'
          and j.subject = o.id || ':' || o.step || ':' || (extract(epoch from o.at) * 1000)::bigint
      where o.at <= ${now} and j.state is distinct from 'pending'
        and (j.replayed_at is null or j.replayed_at + make_interval(secs => ${againAfterSeconds}) <= ${now})
      order by o.at, o.id
      limit ${batch}`.execute(this.database);
    return rows;
  }
}
