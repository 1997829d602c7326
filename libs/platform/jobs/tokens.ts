/** Injection token of the `JobQueue`. */
export const JOB_QUEUE = Symbol('JobQueue');
/** Injection token of the `QueueConnection` over which processes wake one another; not provided in a program that is alone. */
export const WAKE_CONNECTION = Symbol('WakeConnection');
/** Injection token of the kinds of jobs that nobody here needs (`JobName[]`): no rows are made for them. */
export const UNWANTED_JOBS = Symbol('UnwantedJobs');
