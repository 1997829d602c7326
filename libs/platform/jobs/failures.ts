import { Inject, Injectable } from '@nestjs/common';
import type { JobName } from '@sc/contracts';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { UnitOfWork } from '@sc/platform/database';
import { LOGGER, type Logger } from '@sc/platform/logging';
import { type Job, TryLaterJobError, UnrecoverableJobError } from './job.js';

const maxAttempts = 10;
/** 1 s, 2 s, 4 s … at most 5 min: ten attempts span about twenty minutes, longer than a restart of anything we depend on. */
const backoffMs = (attempts: number): number => Math.min(300_000, 1000 * 2 ** (attempts - 1));

/** What another program asks for is waited for, but not for ever. */
const longestWaitMs = 3_600_000;

/** Whether a failure of this attempt is the end of it. */
export const isLastAttempt = (job: Pick<Job, 'attempts'>): boolean => job.attempts + 1 >= maxAttempts;

const waitMs = (attempts: number, error: unknown): number =>
  Math.max(backoffMs(attempts), error instanceof TryLaterJobError ? Math.min(error.afterMs, longestWaitMs) : 0);

/** Decides what becomes of a job whose handler threw: again later, or into the dead letters where a person sees it. */
@Injectable()
export class JobFailures {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async record(job: Job<JobName>, error: unknown): Promise<void> {
    const attempts = job.attempts + 1;
    const dead = error instanceof UnrecoverableJobError || attempts >= maxAttempts;
    const lastError = (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 1000);
    const now = this.clock.now();
    const fields = { job: job.name, jobId: job.id, attempts, err: error };
    if (dead) this.logger.error(fields, 'job failed for good: see the dead letters');
    else this.logger.warn(fields, 'job failed, will be tried again');
    await this.unitOfWork.run(async ({ db, emit }) => {
      const result = await db
        .updateTable('jobs')
        .set({
          attempts,
          lastError,
          // From now on alone.
          bundle: null,
          ...(dead
            ? { state: 'dead' as const, finishedAt: new Date(now) }
            : { dueAt: new Date(now + waitMs(attempts, error)) }),
        })
        .where('id', '=', job.id)
        .where('state', '=', 'pending')
        .where('attempts', '=', job.attempts)
        .executeTakeFirst();
      if (dead && result.numUpdatedRows) {
        emit({
          type: 'dead-letter.added.v1',
          payload: { kind: 'job', count: 1, deviceId: null },
          areaId: null,
          subjectId: job.id,
        });
      }
    });
  }
}
