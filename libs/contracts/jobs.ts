import { z } from 'zod';
import type { EventPayloadOf, EventType } from './events.js';
import { areaIdSchema, uuidSchema } from './ids.js';
import type { Severity } from './severity.js';
import type { WorkOrderAction } from './work-order.js';

const eventJob = z.object({ eventId: uuidSchema });

/** Work that is done later, by name. A payload is ids only; the handler reads what it needs from PostgreSQL. */
export const jobSchemas = {
  /** One job per (event, interested handler), so that a failing handler is retried alone. */
  'open-incident': eventJob,
  'follow-incident': eventJob,
  'notify-people': eventJob,
  'send-webhook': eventJob,
  /** Tells the groups (robots, webhooks) that are channels of the site. */
  'tell-groups': eventJob,
  /** One message to one person or group by one channel. Subject: the delivery's id, and its revision. */
  'send-message': z.object({ deliveryId: uuidSchema }),
  /** Due when nobody accepted in time. Subject: `{workOrderId}:{escalationLevel}`. */
  'escalate-work-order': z.object({ workOrderId: uuidSchema, level: z.number().int().min(0) }),
  /** Due when a suspended order goes on. Subject: `{workOrderId}:{resume ms}`. */
  'resume-work-order': z.object({ workOrderId: uuidSchema }),
  /** Due when an urge wants its answer. Subject: the urge's id. */
  'check-urge': z.object({ urgeId: uuidSchema }),
  /** Due when a sensor has seen long enough that a matter is over, or is not. Subject: `{workOrderId}:{due ms}`. */
  'check-sensor': z.object({ workOrderId: uuidSchema }),
  /** Due when four fifths of a step's limit are gone, and when it is over. Subject: `{workOrderId}:{step}:{due ms}`. */
  'check-deadline': z.object({ workOrderId: uuidSchema }),
  /** A calendar changed: the open deadlines of its area are counted anew, a batch at a time. Subject: the change, and where the batch begins. */
  'move-deadlines': z.object({ areaId: areaIdSchema, changeId: uuidSchema, after: uuidSchema.nullable() }),
  /** Due when an acknowledgement must have led to something. Subject: `{alarmId}:{acknowledged ms}`. */
  'review-acknowledgement': z.object({ alarmId: uuidSchema }),
  /** Due when a shelf ends. Subject: `{alarmId}:{end in ms}`. */
  'end-shelf': z.object({ alarmId: uuidSchema }),
  /** Due when a window begins, ends or is ended early. Subject: `{windowId}:{start, end or ended}`. */
  'apply-maintenance': z.object({ windowId: uuidSchema }),
  /** Gets a picture from the camera's address. Subject: its id. */
  'fetch-picture': z.object({ pictureId: uuidSchema }),
} as const satisfies Record<string, z.ZodType>;

export type JobName = keyof typeof jobSchemas;
export type JobPayloadOf<N extends JobName> = z.infer<(typeof jobSchemas)[N]>;
export const jobNames = Object.keys(jobSchemas) as JobName[];

/** Which handlers an event wakes. The relay writes one job for each. */
export const subscriptions: Partial<Record<EventType, readonly JobName[]>> = {
  'alarm.raised.v1': ['open-incident', 'send-webhook', 'tell-groups'],
  'alarm.changed.v1': ['follow-incident', 'send-webhook', 'tell-groups'],
  'work-order.changed.v1': ['notify-people', 'send-webhook', 'tell-groups'],
};

/** Steps of an order that somebody else than their own actor has to know. */
export const toldWorkOrderActions: ReadonlySet<WorkOrderAction> = new Set<WorkOrderAction>([
  'dispatch',
  'escalate',
  'accept',
  'report',
  'rework',
  'sensor-verify',
  'sensor-rework',
  'merge',
  'assign',
  'return',
  'suspend',
  'resume',
  'request-extension',
  'grant-extension',
  'refuse-extension',
  'urge',
  'urge-overdue',
  'warn',
  'overdue',
  'answer',
  'invite',
  'assist-done',
  'release',
  'self-handled',
]);

type Event = { [T in EventType]: { type: T; payload: EventPayloadOf<T> } }[EventType];

/** Jobs an event makes: those of its subscribers that have anything to do for it. */
export function jobsFor(event: { type: EventType; payload: EventPayloadOf<EventType> }): readonly JobName[] {
  const names = subscriptions[event.type] ?? [];
  const idle = idleFor(event as Event);
  return idle ? names.filter((name) => name !== idle) : names;
}

function idleFor({ type, payload }: Event): JobName | undefined {
  if (type === 'alarm.raised.v1') return payload.workOrder ? undefined : 'open-incident';
  if (type === 'work-order.changed.v1')
    return payload.resident || toldWorkOrderActions.has(payload.action) ? undefined : 'notify-people';
  return undefined;
}

/** Danger to life and property in the words of CAP 1.2: handled before everything else. */
export const isUrgent = (severity: Severity | undefined): boolean => severity === 'extreme' || severity === 'severe';

/**
 * A job asked for inside a transaction. Identity: (name, subject); asking again changes nothing. `together`: those of this kind that are due
 * at the same moment are handled together, whoever asks for them.
 */
export type JobRequest = {
  [N in JobName]: {
    name: N;
    subject: string;
    payload: JobPayloadOf<N>;
    dueAt?: number;
    urgent?: boolean;
    together?: boolean;
  };
}[JobName];
