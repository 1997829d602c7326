import { z } from 'zod';
import { alarmJudgementSchema, alarmStateSchema } from '../alarm.js';
import { areaIdSchema, deviceIdSchema, instantSchema, slugSchema, uuidSchema } from '../ids.js';
import { certaintySchema, severitySchema, urgencySchema } from '../severity.js';
import { textSchema } from '../text.js';
import { pageQuerySchema } from './common.js';

/** Why an alarm is silenced, by whom and until when. */
export const alarmSilenceSchema = z.object({
  kind: z.enum(['shelf', 'maintenance', 'graver-alarm', 'out-of-service']),
  since: instantSchema,
  /** `null`: until somebody or something ends it. */
  until: instantSchema.nullable(),
  by: z.string().nullable(),
  reason: z.string().nullable(),
  windowId: uuidSchema.nullable(),
  /** The graver alarm that is shown in its place. */
  alarmId: uuidSchema.nullable(),
});
export type AlarmSilence = z.infer<typeof alarmSilenceSchema>;

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
  /** Stays after its condition is over until a person has acknowledged it then. */
  latching: z.boolean(),
  assigneeId: uuidSchema.nullable(),
  assigneeName: z.string().nullable(),
  /** What silences it now: nobody is called, no order is made. */
  silence: alarmSilenceSchema.nullable(),
  /** How many minutes a person may shelve it now; 0: not at all. */
  shelvableMinutes: z.number().int().nonnegative(),
  judgement: alarmJudgementSchema.nullable(),
  judgedBy: z.string().nullable(),
  judgedAt: instantSchema.nullable(),
});
export type Alarm = z.infer<typeof alarmSchema>;

export const alarmQuerySchema = pageQuerySchema.extend({
  /**
   * `open`: everything that is not back to normal and asks to be seen; `silenced`: shelved, suppressed and out of service;
   * `all`: history too, newest first.
   */
  state: z.enum(['open', 'silenced', 'all']).default('open'),
  areaId: areaIdSchema.optional(),
  deviceId: deviceIdSchema.optional(),
  ruleId: slugSchema.optional(),
  /** `none`: of no incident. */
  incidentId: z.union([uuidSchema, z.literal('none')]).optional(),
  /** Only those that stood at some time in from ≤ t < to. */
  from: instantSchema.optional(),
  to: instantSchema.optional(),
});
export type AlarmQuery = z.infer<typeof alarmQuerySchema>;

export const acknowledgeAlarmSchema = z.object({ note: z.string().trim().max(1000).optional() });
export type AcknowledgeAlarm = z.infer<typeof acknowledgeAlarmSchema>;

/** As many as one person can have meant at once. */
export const mostAlarmsAtOnce = 200;
export const acknowledgeAlarmsSchema = acknowledgeAlarmSchema.extend({
  ids: z.array(uuidSchema).min(1).max(mostAlarmsAtOnce),
});
export type AcknowledgeAlarms = z.infer<typeof acknowledgeAlarmsSchema>;

/** What became of one of several: `unchanged` stood so already, `not-possible` is silenced, `not-found` is not in one's area. */
export const alarmMoveResultSchema = z.object({
  id: uuidSchema,
  result: z.enum(['done', 'unchanged', 'not-possible', 'not-found']),
});
export type AlarmMoveResult = z.infer<typeof alarmMoveResultSchema>;
export const alarmMoveResultsSchema = z.object({ items: z.array(alarmMoveResultSchema) });
export type AlarmMoveResults = z.infer<typeof alarmMoveResultsSchema>;

const noteSchema = z.string().trim().min(1).max(1000);
export const commentAlarmSchema = z.object({ note: noteSchema });
export type CommentAlarm = z.infer<typeof commentAlarmSchema>;
/** `null`: nobody any more. */
export const assignAlarmSchema = z.object({ personId: uuidSchema.nullable() });
export type AssignAlarm = z.infer<typeof assignAlarmSchema>;
/** For how long; the limit hangs on the severity and is `shelvableMinutes` of the alarm. */
export const shelveAlarmSchema = z.object({ minutes: z.number().int().min(1).max(1440), reason: noteSchema });
export type ShelveAlarm = z.infer<typeof shelveAlarmSchema>;
/** `null` takes the judgement back. */
export const judgeAlarmSchema = z.object({ judgement: alarmJudgementSchema.nullable(), note: noteSchema.optional() });
export type JudgeAlarm = z.infer<typeof judgeAlarmSchema>;

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
