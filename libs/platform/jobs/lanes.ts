import { type JobName, jobNames } from '@sc/contracts';

/** Each lane has its own queue and workers, so that one that stands still or is long holds up nothing but itself (P6). */
export const lanes = ['urgent', 'default', 'outside', 'messages', 'alerts'] as const;
export type Lane = (typeof lanes)[number];

/** Jobs that wait for a program that is not ours; all others only wait for PostgreSQL. */
const outside: ReadonlySet<JobName> = new Set<JobName>(['send-webhook', 'fetch-picture']);
/** As many as the webhook client holds connections; a job here waits, it neither computes nor holds a database connection. */
export const outsideConcurrency = 4;
/** Messages to people wait for mail servers and providers of SMS. Those about danger have a lane of their own: no provider that stands still holds them up. */
export const messagesConcurrency = 4;

/** What waits for programs is never urgent: nobody's life hangs on a webhook. */
export const laneOf = (name: JobName, urgent = false): Lane => {
  if (outside.has(name)) return 'outside';
  if (name === 'send-message') return urgent ? 'alerts' : 'messages';
  return urgent ? 'urgent' : 'default';
};
export const jobsOf = (lane: Lane): JobName[] =>
  jobNames.filter((name) => laneOf(name, false) === lane || laneOf(name, true) === lane);
/** Whether a lane is for rows that are urgent; one lane takes both. */
export const takesUrgent = (lane: Lane): boolean | 'both' =>
  lane === 'outside' ? 'both' : lane === 'urgent' || lane === 'alerts';
