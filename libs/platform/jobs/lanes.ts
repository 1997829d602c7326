import { type JobName, jobNames } from '@sc/contracts';

/** Each lane has its own queue and workers, so that one that stands still or is long holds up nothing but itself (P6). */
export const lanes = ['urgent', 'default', 'outside'] as const;
export type Lane = (typeof lanes)[number];

/** Jobs that wait for a program that is not ours; all others only wait for PostgreSQL. */
const outside: ReadonlySet<JobName> = new Set<JobName>(['send-webhook', 'fetch-picture']);
/** As many as the webhook client holds connections; a job here waits, it neither computes nor holds a database connection. */
export const outsideConcurrency = 4;

/** What waits for others is never urgent: nobody's life hangs on a webhook. */
export const laneOf = (name: JobName, urgent = false): Lane =>
  outside.has(name) ? 'outside' : urgent ? 'urgent' : 'default';
export const jobsOf = (lane: Lane): JobName[] =>
  jobNames.filter((name) => (laneOf(name) === 'outside') === (lane === 'outside'));
