import { z } from 'zod';
import { alarmStateSchema } from '../alarm.js';
import { areaIdSchema, deviceIdSchema, instantSchema, slugSchema, uuidSchema } from '../ids.js';
import { certaintySchema, severitySchema, urgencySchema } from '../severity.js';
import { textSchema } from '../text.js';
import { pageQuerySchema } from './common.js';

export const alarmSchema = z.object({
  id: uuidSchema,
  deviceId: deviceIdSchema,
  deviceName: z.string(),
  domain: slugSchema,
  ruleId: slugSchema,
  title: textSchema,
  guidance: textSchema,
  areaId: areaIdSchema,
  /** With the building before it: "Building 1 · Kitchen". */
  areaName: textSchema,
  state: alarmStateSchema,
  severity: severitySchema,
  urgency: urgencySchema,
  certainty: certaintySchema,
  /** Whether the condition holds now. */
  conditionActive: z.boolean(),
  raisedAt: instantSchema,
  clearedAt: instantSchema.nullable(),
  acknowledgedAt: instantSchema.nullable(),
  acknowledgedBy: z.string().nullable(),
  /** How often the condition began while this alarm was open. */
  occurrences: z.number().int(),
  lastSeenAt: instantSchema,
  /** The reading or event that raised it last. */
  cause: z.record(z.string(), z.unknown()),
  incidentId: uuidSchema.nullable(),
  workOrderId: uuidSchema.nullable(),
});
export type Alarm = z.infer<typeof alarmSchema>;

export const alarmQuerySchema = pageQuerySchema.extend({
  /** `open`: everything that is not back to normal; `all`: history too, newest first. */
  state: z.enum(['open', 'all']).default('open'),
  areaId: areaIdSchema.optional(),
  deviceId: deviceIdSchema.optional(),
  ruleId: slugSchema.optional(),
  /** `none`: of no incident. */
  incidentId: z.union([uuidSchema, z.literal('none')]).optional(),
});
export type AlarmQuery = z.infer<typeof alarmQuerySchema>;

export const acknowledgeAlarmSchema = z.object({ note: z.string().trim().max(1000).optional() });
export type AcknowledgeAlarm = z.infer<typeof acknowledgeAlarmSchema>;

/** One line of the story of an incident: what happened, when, by whom. */
export const timelineEntrySchema = z.object({
  at: instantSchema,
  kind: z.enum(['alarm', 'work-order', 'incident', 'notification', 'event']),
  subjectId: z.string(),
  action: z.string(),
  fromState: z.string().nullable(),
  toState: z.string().nullable(),
  /** Who: a person, the device, or the platform itself. */
  actorKind: z.enum(['person', 'device', 'system']),
  actorName: z.string().nullable(),
  note: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
});
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

export const alarmDetailSchema = alarmSchema.extend({ timeline: z.array(timelineEntrySchema) });
export type AlarmDetail = z.infer<typeof alarmDetailSchema>;
