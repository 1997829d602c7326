import { z } from 'zod';
import type { EventType } from './events.js';
import { uuidSchema } from './ids.js';

const eventJob = z.object({ eventId: uuidSchema });

/** Work that is done later, by name. A payload is ids only; the handler reads what it needs from PostgreSQL. */
export const jobSchemas = {
  /** One job per (event, interested handler), so that a failing handler is retried alone. */
  'open-incident': eventJob,
  'follow-incident': eventJob,
  'notify-people': eventJob,
  'send-webhook': eventJob,
  /** Due when nobody accepted in time. Subject: `{workOrderId}:{escalationLevel}`. */
  'escalate-work-order': z.object({ workOrderId: uuidSchema, level: z.number().int().min(0) }),
  /** Gets a picture from the camera's address. Subject: its id. */
  'fetch-picture': z.object({ pictureId: uuidSchema }),
} as const satisfies Record<string, z.ZodType>;

export type JobName = keyof typeof jobSchemas;
export type JobPayloadOf<N extends JobName> = z.infer<(typeof jobSchemas)[N]>;
export const jobNames = Object.keys(jobSchemas) as JobName[];

/** Which handlers an event wakes. The relay writes one job for each. */
export const subscriptions: Partial<Record<EventType, readonly JobName[]>> = {
  'alarm.raised.v1': ['open-incident', 'send-webhook'],
  'alarm.changed.v1': ['follow-incident', 'send-webhook'],
  'work-order.changed.v1': ['notify-people', 'send-webhook'],
};

/** A job asked for inside a transaction. Identity: (name, subject); asking again changes nothing. */
export type JobRequest = {
  [N in JobName]: { name: N; subject: string; payload: JobPayloadOf<N>; dueAt?: number };
}[JobName];
