import { z } from 'zod';
import { alarmActionSchema, alarmStateSchema } from './alarm.js';
import { residentSigns } from './http/residents.js';
import { handoverStateSchema } from './handover.js';
import { areaIdSchema, deviceIdSchema, instantSchema, slugSchema, uuidSchema } from './ids.js';
import { roundActionSchema, roundStateSchema } from './round.js';
import { severitySchema } from './severity.js';
import { workOrderActionSchema, workOrderStateSchema } from './work-order.js';

/** What happens to a rule; also the actions of the audit trail, as `rule.<change>`. */
export const ruleChanges = [
  'added',
  'edited',
  'switched-on',
  'switched-off',
  'restored',
  'replaced',
  'started',
  'stopped',
  'troubled',
  'deleted',
] as const;

/** What happens to an entry of the catalogue; also the actions of the audit trail, as `catalogue.<change>`. */
export const catalogueChanges = [
  'added',
  'proposed',
  'admitted',
  'refused',
  'edited',
  'retired',
  'returned',
  'replaced',
  'default-taken',
  'deleted',
] as const;
export type CatalogueChange = (typeof catalogueChanges)[number];

const alarmFacts = z.object({
  alarmId: uuidSchema,
  deviceId: deviceIdSchema,
  ruleId: slugSchema,
  domain: slugSchema,
  severity: severitySchema,
  areaId: areaIdSchema,
  state: alarmStateSchema,
  /** Time of the reading or event that made the change, by the device's clock. */
  at: instantSchema,
});

const workOrderFacts = z.object({
  workOrderId: uuidSchema,
  /** None: no alarm began it. */
  incidentId: uuidSchema.nullable(),
  number: z.string(),
  action: workOrderActionSchema,
  state: workOrderStateSchema,
  severity: severitySchema,
  areaId: areaIdSchema,
  assigneeId: uuidSchema.nullable(),
  /** Who else has to know of this step: those who help, who urged. */
  tell: z.array(uuidSchema).optional(),
  /** With a `note`: a resident said something that whoever handles it has to know. */
  resident: z.enum(residentSigns).optional(),
});

/** Past facts, by name and version. Payloads are ids and facts, never personal data or secrets. */
export const eventSchemas = {
  /** The condition began (again), or still holds when a silence of the alarm ends: it now asks to be seen. */
  'alarm.raised.v1': alarmFacts.extend({ workOrder: z.boolean() }),
  /** Any other change: over, acknowledged, commented, assigned, silenced, judged; also a begin while it is silenced. */
  'alarm.changed.v1': alarmFacts.extend({ action: alarmActionSchema }),
  'incident.opened.v1': z.object({
    incidentId: uuidSchema,
    areaId: areaIdSchema,
    domain: slugSchema,
    severity: severitySchema,
  }),
  'incident.changed.v1': z.object({
    incidentId: uuidSchema,
    areaId: areaIdSchema,
    state: z.enum(['open', 'closed']),
    severity: severitySchema,
  }),
  'work-order.changed.v1': workOrderFacts,
  'round.changed.v1': z.object({
    roundId: uuidSchema,
    planId: uuidSchema,
    action: roundActionSchema,
    state: roundStateSchema,
    areaId: areaIdSchema,
    assigneeId: uuidSchema.nullable(),
  }),
  /** A shift is written down, handed over, accepted; a new version is there. */
  'handover.changed.v1': z.object({
    handoverId: uuidSchema,
    state: handoverStateSchema,
    version: z.number().int().positive(),
    areaId: areaIdSchema,
  }),
  'device.changed.v1': z.object({
    deviceId: deviceIdSchema,
    change: z.enum(['registered', 'updated', 'replaced', 'retired', 'secret-rotated', 'online', 'offline']),
  }),
  'bridge.changed.v1': z.object({
    bridgeId: deviceIdSchema,
    change: z.enum(['registered', 'updated', 'retired', 'secret-rotated', 'online', 'offline']),
  }),
  /** Another version is in force, or it was stopped or started again. */
  'rule.changed.v1': z.object({
    ruleId: slugSchema,
    /** Null: the rule is gone. */
    version: z.number().int().positive().nullable(),
    change: z.enum(ruleChanges),
  }),
  /** Kinds of work were added, changed, admitted, retired: people see the tree anew. */
  'catalogue.changed.v1': z.object({
    /** Null: many at once. */
    code: slugSchema.nullable(),
    change: z.enum(catalogueChanges).nullable(),
  }),
  'dead-letter.added.v1': z.object({
    kind: z.enum(['message', 'job']),
    count: z.number().int().positive(),
    deviceId: deviceIdSchema.nullable(),
  }),
  'notification.created.v1': z.object({
    notificationId: uuidSchema,
    personId: uuidSchema,
    workOrderId: uuidSchema.nullable(),
  }),
} as const satisfies Record<string, z.ZodType>;

export type EventType = keyof typeof eventSchemas;
export type EventPayloadOf<T extends EventType> = z.infer<(typeof eventSchemas)[T]>;
export const eventTypeNames = Object.keys(eventSchemas) as EventType[];

/** An event as a feature emits it; the platform adds id, position and time. */
export type DomainEvent = {
  [T in EventType]: {
    type: T;
    payload: EventPayloadOf<T>;
    areaId: string | null;
    subjectId: string;
    personId?: string;
  };
}[EventType];

/** An event as it travels: to handlers, to the live stream, to webhooks. */
export interface StoredEvent<T extends EventType = EventType> {
  /** Place in the commit order; the `Last-Event-ID` of the live stream. */
  position: number;
  id: string;
  type: T;
  payload: EventPayloadOf<T>;
  areaId: string | null;
  subjectId: string;
  /** Set when only this person may see it on the stream. */
  personId: string | null;
  occurredAt: string;
}
