import { applyDecorators, Catch, type RpcExceptionFilter, UseFilters } from '@nestjs/common';
import type { JobName, JobPayloadOf } from '@sc/contracts';
import { EventPattern } from '@nestjs/microservices';
import { type Observable, throwError } from 'rxjs';

/** Binds `@JobHandler` methods to the {@link JobsStrategy}, in an application that has other transports too. */
export const JOBS_TRANSPORT = Symbol('jobs');

/** A job as its handler gets it. `attempts` counts the failed ones before this. */
export interface Job<N extends JobName = JobName> {
  id: string;
  name: N;
  subject: string;
  payload: JobPayloadOf<N>;
  attempts: number;
}

/** Thrown by a handler that knows another attempt cannot succeed: the job goes to the dead letters at once. */
export class UnrecoverableJobError extends Error {
  readonly code = 'job-unrecoverable';
}

/** Thrown by a handler whose other side said no for now, and perhaps how long: not tried again before that. */
export class TryLaterJobError extends Error {
  readonly code = 'job-try-later';

  constructor(
    message: string,
    readonly afterMs = 0,
  ) {
    super(message);
  }
}

/** Nest turns what a handler throws into "Internal server error"; the queue needs the error itself. */
@Catch()
class RethrowFilter implements RpcExceptionFilter {
  catch(exception: unknown): Observable<never> {
    return throwError(() => exception);
  }
}

export const bundlePattern = (name: JobName): string => `${name} (bundle)`;

/** The one handler of a kind of job. It is called at least once, so its effect and {@link claimJob} share a transaction. */
export const JobHandler = (name: JobName): MethodDecorator =>
  applyDecorators(EventPattern<string>(name, JOBS_TRANSPORT) as MethodDecorator, UseFilters(new RethrowFilter()));

/**
 * Beside a {@link JobHandler}, for jobs that come in storms: takes `Job[]`, does what it can of them in few transactions and
 * claims those in the same ({@link JobClaims.claimAll}). What it leaves, and a bundle that it fails on, is handled alone.
 */
export const JobBundleHandler = (name: JobName): MethodDecorator =>
  applyDecorators(
    EventPattern<string>(bundlePattern(name), JOBS_TRANSPORT) as MethodDecorator,
    UseFilters(new RethrowFilter()),
  );
