import { Inject, Injectable } from '@nestjs/common';
import type { JobRequest } from '@sc/contracts';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database, UnitOfWork } from '@sc/platform/database';
import { reviveJobs, Sweeper } from '@sc/platform/jobs';
import { LOGGER, type Logger } from '@sc/platform/logging';
import { type Kysely, sql } from 'kysely';
import { endedStates } from './machine.js';

const batch = 500;
/** A job that dies each time is tried anew that often: a dead letter now and then, not a flood. */
const tryAgainAfterMs = 15 * 60_000;

interface Stranded {
  name: 'resume-work-order' | 'check-urge';
  subject: string;
  id: string;
  /** The job that died, or ended without effect; `null`: there is none. */
  jobId: string | null;
}

/** No suspended order stays so for ever and no urge is forgotten (P4): without a pending job behind it, it gets one again. */
@Injectable()
export class OverdueSideFlows extends Sweeper {
  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(logger);
  }

  override async sweepOnce(): Promise<boolean> {
    const now = new Date(this.clock.now());
    const stranded = await this.find(now);
    if (!stranded.length) return false;
    this.logger.error({ stranded: stranded.map(({ name, id }) => `${name} ${id}`) }, 'side flows had no job');
    await this.unitOfWork.run(async ({ db, schedule }) => {
      await reviveJobs(
        db,
        stranded.flatMap(({ jobId }) => jobId ?? []),
        now,
      );
      for (const { jobId, ...one } of stranded) if (!jobId) schedule(jobOf(one));
    });
    return stranded.length === batch;
  }

  private async find(now: Date): Promise<Stranded[]> {
    const again = new Date(now.getTime() - tryAgainAfterMs);
    const { rows } = await sql<Stranded>`
      select due.name, due.subject, due.id, j.id as job_id from (
        select 'resume-work-order' as name, o.id || ':' || (extract(epoch from o.resume_at) * 1000)::bigint as subject, o.id
        from work_orders o where o.state = 'suspended' and o.resume_at <= ${now}
        union all
        select 'check-urge', u.id::text, u.id
        from work_order_urges u join work_orders o on o.id = u.work_order_id and o.state <> all(${endedStates}::text[])
        where u.answered_at is null and u.overdue_at is null and u.answer_by <= ${now}
      ) due left join jobs j on j.name = due.name and j.subject = due.subject
      where j.state is distinct from 'pending' and (j.replayed_at is null or j.replayed_at <= ${again})
      order by due.id limit ${batch}`.execute(this.database);
    return rows;
  }
}

const jobOf = ({ name, subject, id }: Omit<Stranded, 'jobId'>): JobRequest =>
  name === 'check-urge' ? { name, subject, payload: { urgeId: id } } : { name, subject, payload: { workOrderId: id } };
