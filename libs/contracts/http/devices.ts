import { z } from 'zod';
import { domainNameSchema } from '../domain.js';
import { areaIdSchema, deviceIdSchema, instantSchema, labelSchema, slugSchema } from '../ids.js';
import { readingValueSchema } from '../payloads.js';
import { pageQuerySchema, positionSchema } from './common.js';
import { deviceVitalsSchema } from './fleet.js';

/** The same word twice is one. */
export const deviceLabelsSchema = z
  .array(labelSchema)
  .max(16)
  .transform((labels) => [...new Set(labels)]);

export const deviceSchema = z.object({
  id: deviceIdSchema,
  domain: domainNameSchema,
  name: z.string().min(1).max(120),
  areaId: areaIdSchema,
  position: positionSchema.nullable(),
  /** Where indoors: "3F corridor, above the lift". */
  placement: z.string().max(200).nullable(),
  /** Words by which rules speak of several devices: `kitchen`, `roof`. */
  labels: z.array(labelSchema),
  /** `retired`: replaced or taken away; may no longer log in, its history stays. */
  state: z.enum(['registered', 'retired']),
  connection: z.enum(['online', 'offline', 'never-seen']),
  lastSeenAt: instantSchema.nullable(),
  replacedBy: deviceIdSchema.nullable(),
  activeAlarms: z.number().int(),
});
export type Device = z.infer<typeof deviceSchema>;

export const lastReadingSchema = z.object({ metric: z.string(), ts: instantSchema, value: readingValueSchema });
export const deviceDetailSchema = deviceSchema.extend({
  lastReadings: z.array(lastReadingSchema),
  vitals: deviceVitalsSchema,
  /** The program that speaks for it; null: it has a login of its own. */
  bridge: z
    .object({
      id: deviceIdSchema,
      name: z.string(),
      connection: z.enum(['online', 'offline', 'never-seen']),
      /** What the bridge calls the device. */
      externalId: z.string().nullable(),
    })
    .nullable(),
  createdAt: instantSchema,
});
export type DeviceDetail = z.infer<typeof deviceDetailSchema>;

export const registerDeviceSchema = z.object({
  community: slugSchema,
  device: slugSchema,
  domain: domainNameSchema,
  name: z.string().trim().min(1).max(120),
  areaId: areaIdSchema,
  position: positionSchema.nullable().default(null),
  placement: z.string().trim().max(200).nullable().default(null),
  labels: deviceLabelsSchema.optional(),
});
export type RegisterDevice = z.infer<typeof registerDeviceSchema>;
export const updateDeviceSchema = z
  .object({
    name: z.string().trim().min(1).max(120),
    areaId: areaIdSchema,
    position: positionSchema.nullable(),
    placement: z.string().trim().max(200).nullable(),
    labels: deviceLabelsSchema,
  })
  .partial();
export type UpdateDevice = z.infer<typeof updateDeviceSchema>;
/** The new device takes over place, name and domain; the old one is retired. */
export const replaceDeviceSchema = z.object({ device: slugSchema });
export type ReplaceDevice = z.infer<typeof replaceDeviceSchema>;

/** The secret is shown in this answer and never again. */
export const deviceCredentialsSchema = z.object({ device: deviceSchema, userName: z.string(), secret: z.string() });
export type DeviceCredentials = z.infer<typeof deviceCredentialsSchema>;

export const deviceQuerySchema = pageQuerySchema.extend({
  areaId: areaIdSchema.optional(),
  domain: domainNameSchema.optional(),
  connection: deviceSchema.shape.connection.optional(),
  q: z.string().max(120).optional(),
});
export type DeviceQuery = z.infer<typeof deviceQuerySchema>;

export const aggregateSchema = z.enum(['avg', 'min', 'max', 'sum', 'count', 'first', 'last']);
export const readingQuerySchema = z.object({
  /** One device id, or several separated by commas (at most 20). */
  deviceId: z
    .string()
    .transform((s) => s.split(','))
    .pipe(z.array(deviceIdSchema).min(1).max(20)),
  metric: z.string().min(1).max(64),
  from: instantSchema,
  to: instantSchema,
  /** With a window one point per window; without, the readings themselves. */
  windowMs: z.coerce
    .number()
    .int()
    .min(1000)
    .max(366 * 86_400_000)
    .optional(),
  aggregate: aggregateSchema.default('avg'),
  limit: z.coerce.number().int().min(1).max(10_000).default(2000),
});
export type ReadingsQuery = z.infer<typeof readingQuerySchema>;
export const readingsSchema = z.object({
  items: z.array(z.object({ deviceId: deviceIdSchema, ts: instantSchema, value: readingValueSchema })),
  /** True when more readings exist than `limit` let through: ask with a window, or from the last `ts` on. */
  truncated: z.boolean(),
});
export type Readings = z.infer<typeof readingsSchema>;
