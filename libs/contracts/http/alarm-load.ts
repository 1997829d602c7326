import { z } from 'zod';
import { areaIdSchema, deviceIdSchema, instantSchema, slugSchema, uuidSchema } from '../ids.js';
import { severitySchema } from '../severity.js';
import { textSchema } from '../text.js';
import { alarmSchema } from './alarms.js';

/** Whether more alarms come than a person can follow (ISA-18.2): begins above 10 in 10 minutes, ends below 5. */
export const floodSchema = z.object({
  active: z.boolean(),
  since: instantSchema.nullable(),
  lastTenMinutes: z.number().int(),
});
export type Flood = z.infer<typeof floodSchema>;

export const foldKinds = ['incident', 'building', 'rule'] as const;
export type FoldKind = (typeof foldKinds)[number];
export const alarmGroupsQuerySchema = z.object({
  by: z.enum(foldKinds).default('incident'),
  areaId: areaIdSchema.optional(),
});
export type AlarmGroupsQuery = z.infer<typeof alarmGroupsQuerySchema>;

export const alarmGroupSchema = z.object({
  /** Stays the same while the group has alarms. */
  key: z.string(),
  title: textSchema,
  /** What `GET /alarms` takes to list the group. */
  incidentId: z.union([uuidSchema, z.literal('none')]).nullable(),
  areaId: areaIdSchema.nullable(),
  ruleId: slugSchema.nullable(),
  count: z.number().int(),
  unacknowledged: z.number().int(),
  firstAt: instantSchema,
  lastAt: instantSchema,
  severity: severitySchema,
  /** The gravest; of several the newest. */
  worst: alarmSchema,
});
export type AlarmGroup = z.infer<typeof alarmGroupSchema>;

/** The open alarms as they can be read in a flood. */
export const foldedAlarmsSchema = z.object({
  flood: floodSchema,
  by: z.enum(foldKinds),
  /** Open alarms that are shown: all but silenced ones. */
  open: z.number().int(),
  /** Never folded: life safety, and what is graver than the rest. Gravest first. */
  singles: z.array(alarmSchema),
  groups: z.array(alarmGroupSchema),
  /** Alarms that are in neither, because there are too many: the list has them. */
  left: z.number().int(),
});
export type FoldedAlarms = z.infer<typeof foldedAlarmsSchema>;

/** As long as a month with a night shift and the hour that clocks are put back. */
export const longestLoadMs = 32 * 86_400_000;

export const alarmLoadQuerySchema = z
  .object({
    /** The operator's area; the asking person's own when left out. */
    areaId: areaIdSchema.optional(),
    /** A shift says area and times: nothing else is needed. */
    shiftId: uuidSchema.optional(),
    from: instantSchema.optional(),
    to: instantSchema.optional(),
  })
  .refine(({ shiftId, from, to }) => shiftId ?? (from && to), {
    path: ['from'],
    message: 'give from and to, or a shift',
  })
  .refine(({ from, to }) => !from || !to || Date.parse(from) < Date.parse(to), {
    path: ['to'],
    message: 'must be after `from`',
  })
  .refine(({ from, to }) => !from || !to || Date.parse(to) - Date.parse(from) <= longestLoadMs, {
    path: ['to'],
    message: 'at most 32 days after `from`',
  });
export type AlarmLoadQuery = z.infer<typeof alarmLoadQuerySchema>;

export const loadFigureCodes = [
  'average-rate',
  'peak-rate',
  'flood-share',
  'chattering',
  'stale',
  'priority-high',
  'priority-medium',
  'priority-low',
  'false-share',
  'precision',
  'acknowledge-mean',
  'acknowledge-p90',
  'not-acknowledged',
] as const;
export const loadFigureSchema = z.object({
  code: z.enum(loadFigureCodes),
  title: textSchema,
  definition: textSchema,
  /** `null`: there is nothing to compute it from. */
  value: z.number().nullable(),
  unit: z.enum(['per-10-min', 'share', 'count', 'seconds']),
  target: z.object({ is: z.enum(['below', 'at-most', 'at-least']), value: z.number() }).nullable(),
  met: z.boolean().nullable(),
  /** Where the target comes from. */
  source: z.string().nullable(),
});
export type LoadFigure = z.infer<typeof loadFigureSchema>;
export type LoadFigureCode = LoadFigure['code'];

/** What to do about a rule on a device that tells too much. */
export const mendCodes = [
  'raise-deadband',
  'add-off-delay',
  'check-sensor',
  'check-mounting',
  'raise-level',
  'lower-severity',
  'review-rule',
] as const;
export type MendCode = (typeof mendCodes)[number];

const judged = {
  /** As people judged them: right, wrong, trying out. */
  judgedTrue: z.number().int(),
  judgedFalse: z.number().int(),
  judgedTest: z.number().int(),
  /** Right ÷ (right + wrong); `null`: nobody judged one. */
  precision: z.number().nullable(),
};
export const badActorSchema = z.object({
  ruleId: slugSchema,
  ruleTitle: textSchema,
  deviceId: deviceIdSchema,
  deviceName: z.string(),
  areaName: textSchema,
  alarms: z.number().int(),
  /** Of all alarms of the range. */
  share: z.number(),
  /** How often it was told three times within a minute. */
  chattered: z.number().int(),
  ...judged,
  mend: z.object({ code: z.enum(mendCodes), text: textSchema }),
});
export type BadActor = z.infer<typeof badActorSchema>;

const preciseSchema = z.object({ alarms: z.number().int(), ...judged });

export const alarmLoadSchema = z.object({
  areaId: areaIdSchema,
  areaName: textSchema,
  from: instantSchema,
  to: instantSchema,
  /** Told to the operator: raised, raised again, or graver than what was seen. */
  alarms: z.number().int(),
  /** People with the role operator in this area who may log in. */
  operators: z.number().int(),
  figures: z.array(loadFigureSchema),
  /** Ten minutes each, from `from` on; the last one may be shorter. */
  buckets: z.array(z.object({ at: instantSchema, alarms: z.number().int(), flood: z.boolean() })),
  floods: z.array(z.object({ from: instantSchema, to: instantSchema, alarms: z.number().int() })),
  worst: z.array(badActorSchema),
  rules: z.array(preciseSchema.extend({ ruleId: slugSchema, title: textSchema })),
  devices: z.array(preciseSchema.extend({ deviceId: deviceIdSchema, name: z.string() })),
});
export type AlarmLoad = z.infer<typeof alarmLoadSchema>;
