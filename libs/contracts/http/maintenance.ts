import { z } from 'zod';
import { areaIdSchema, deviceIdSchema, instantSchema, slugSchema, uuidSchema } from '../ids.js';
import { textSchema } from '../text.js';

const reasonSchema = z.string().trim().min(3).max(500);

/** A time in which alarms of a place, of one domain at a place, or of a device are expected and call nobody. */
export const maintenanceWindowSchema = z.object({
  id: uuidSchema,
  areaId: areaIdSchema,
  areaName: textSchema,
  /** `null`: every domain. */
  domain: slugSchema.nullable(),
  /** `null`: every device at the place. */
  deviceId: deviceIdSchema.nullable(),
  deviceName: z.string().nullable(),
  /** Silences alarms of life safety too. */
  lifeSafety: z.boolean(),
  startsAt: instantSchema,
  endsAt: instantSchema,
  reason: z.string(),
  createdBy: z.string(),
  createdAt: instantSchema,
  /** Ended before its time. */
  endedAt: instantSchema.nullable(),
  endedBy: z.string().nullable(),
  state: z.enum(['planned', 'running', 'over']),
  /** Alarms it silences at this moment. */
  silencedAlarms: z.number().int(),
});
export type MaintenanceWindow = z.infer<typeof maintenanceWindowSchema>;
export const maintenanceWindowsSchema = z.object({ items: z.array(maintenanceWindowSchema) });

export const maintenanceQuerySchema = z.object({
  /** `open`: running and planned; `all`: the newest 200, also those that are over. */
  state: z.enum(['open', 'all']).default('open'),
  /** Only those that cover this device, also those of an area above one's own. */
  deviceId: deviceIdSchema.optional(),
});
export type MaintenanceQuery = z.infer<typeof maintenanceQuerySchema>;

/** Of a device, or of an area (perhaps of one domain there): not both. */
export const createMaintenanceWindowSchema = z
  .object({
    areaId: areaIdSchema.optional(),
    domain: slugSchema.optional(),
    deviceId: deviceIdSchema.optional(),
    lifeSafety: z.boolean().default(false),
    /** Left out: now. */
    startsAt: instantSchema.optional(),
    endsAt: instantSchema,
    reason: reasonSchema,
  })
  .refine(({ areaId, deviceId }) => (areaId === undefined) !== (deviceId === undefined), {
    path: ['areaId'],
    message: 'name an area or a device, one of them',
  })
  .refine(({ domain, deviceId }) => domain === undefined || deviceId === undefined, {
    path: ['domain'],
    message: 'a device has its domain: leave it out',
  });
export type CreateMaintenanceWindow = z.infer<typeof createMaintenanceWindowSchema>;

/** A device, or one rule on it, that is not listened to until it is returned. */
export const outOfServiceSchema = z.object({
  id: uuidSchema,
  deviceId: deviceIdSchema,
  deviceName: z.string(),
  areaId: areaIdSchema,
  areaName: textSchema,
  /** `null`: every rule. */
  ruleId: slugSchema.nullable(),
  ruleTitle: textSchema.nullable(),
  reason: z.string(),
  takenBy: z.string(),
  takenAt: instantSchema,
});
export type OutOfService = z.infer<typeof outOfServiceSchema>;
export const outOfServiceListSchema = z.object({ items: z.array(outOfServiceSchema) });
export const outOfServiceQuerySchema = z.object({ deviceId: deviceIdSchema.optional() });
export type OutOfServiceQuery = z.infer<typeof outOfServiceQuerySchema>;

export const takeOutOfServiceSchema = z.object({
  deviceId: deviceIdSchema,
  ruleId: slugSchema.optional(),
  reason: reasonSchema,
});
export type TakeOutOfService = z.infer<typeof takeOutOfServiceSchema>;
