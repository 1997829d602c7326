import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database, UnitOfWork } from '@sc/platform/database';
import { reviveJobs, Sweeper } from '@sc/platform/jobs';
import { LOGGER, type Logger } from '@sc/platform/logging';
import { type Kysely, sql } from 'kysely';
import { awaitingAcceptance } from './machine.js';

const batch = 500;
const escalation = 'escalate-work-order';

interface Stranded {
  workOrderId: string;
  level: number;
  /** The escalation that died, or ended without effect; `null`: there is none. */
  jobId: string | null;
}

/**
 * No order waits for ever (P4): one that nobody accepted in time and that has no pending escalation, because its job is a
 * dead letter or its row was lost, gets one again within seconds. A job that dies each time is tried anew at most once per
 * interval of acceptance, so it makes a dead letter now and then, not a flood.
 */
@Injectable()
export class OverdueOrders extends Sweeper {
  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(logger);
  }

  /** Gives every stranded order its escalation back. Harmless when several processes do it. @returns whether more may wait */
  override async sweepOnce(): Promise<boolean> {
    const now = new Date(this.clock.now());
    const stranded = await this.find(now);
    if (!stranded.length) return false;
    this.logger.error({ workOrderIds: stranded.map((one) => one.workOrderId) }, 'overdue orders had no escalation');
    await this.unitOfWork.run(async ({ db, schedule }) => {
      await reviveJobs(
        db,
        stranded.flatMap(({ jobId }) => jobId ?? []),
        now,
      );
      for (const { jobId, workOrderId, level } of stranded)
        if (!jobId) schedule({ name: escalation, subject: `${workOrderId}:${level}`, payload: { workOrderId, level } });
    });
    return stranded.length === batch;
  }

  private async find(now: Date): Promise<Stranded[]> {
    const { rows } = await sql<Stranded>`
      select o.id as work_order_id, o.escalation_level as level, j.id as job_id
      from work_orders o
        left join jobs j on j.name = ${escalation} and j.subject = o.id || ':' || o.escalation_level
      where o.state = any(${[...awaitingAcceptance]}::text[]) and coalesce(o.accept_by, o.updated_at) <= ${now}
        and j.state is distinct from 'pending'
        and (j.replayed_at is null or j.replayed_at + make_interval(secs => o.accept_within_seconds) <= ${now})
      order by o.accept_by, o.id
      limit ${batch}`.execute(this.database);
    return rows;
  }
}
