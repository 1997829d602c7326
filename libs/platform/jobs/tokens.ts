import type { JobName } from '@sc/contracts';
import type { Database } from '@sc/platform/database';
import type { Kysely } from 'kysely';

/** Injection token of the `JobQueue`. */
export const JOB_QUEUE = Symbol('JobQueue');
/** Injection token of the `QueueConnection` over which processes wake one another; not provided in a program that is alone. */
export const WAKE_CONNECTION = Symbol('WakeConnection');
/** Kinds of jobs that nobody here needs. Asked in the relay's transaction, once for each batch of events: what somebody has just switched on is not missed. */
export type UnwantedJobs = (db: Kysely<Database>) => Promise<readonly JobName[]>;
/** Injection token of the {@link UnwantedJobs}: no rows are made for them. */
export const UNWANTED_JOBS = Symbol('UnwantedJobs');
