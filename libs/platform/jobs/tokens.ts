/** Injection token of the `JobQueue`. */
export const JOB_QUEUE = Symbol('JobQueue');
