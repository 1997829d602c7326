import { z } from 'zod';
import { areaIdSchema, deviceIdSchema, instantSchema } from '../ids.js';
import { alarmSchema } from './alarms.js';
import { deviceSchema } from './devices.js';

/** Twice the devices of a large community: what a browser draws smoothly is in docs/map.md. */
export const mostMapDevices = 10_000;
/** As many as one change of the stream may be about before everything is asked for anew. */
export const mostMapDevicesAtOnce = 200;

export const mapQuerySchema = z.object({
  areaId: areaIdSchema.optional(),
  /** Only these, separated by commas: what has changed. Those one may not see any more are left out. */
  ids: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(deviceIdSchema).min(1).max(mostMapDevicesAtOnce))
    .optional(),
});
export type MapQuery = z.infer<typeof mapQuerySchema>;

/** An alarm that asks to be seen, as a mark says it. */
export const mapAlarmSchema = alarmSchema.pick({
  id: true,
  title: true,
  severity: true,
  state: true,
  raisedAt: true,
  incidentId: true,
  workOrderId: true,
});
export type MapAlarm = z.infer<typeof mapAlarmSchema>;

/** A device as the map draws it: thousands travel in one answer, so it says no more than that. */
export const mapDeviceSchema = deviceSchema
  .pick({ id: true, domain: true, name: true, areaId: true, position: true, connection: true })
  .extend({
    /** Gravest first; left out where there are none, as with nearly all. */
    alarms: z.array(mapAlarmSchema).optional(),
  });
export type MapDevice = z.infer<typeof mapDeviceSchema>;
/** Devices with alarms first, then by id, so that what does not fit has no alarm. */
export const mapDevicesSchema = z.object({ items: z.array(mapDeviceSchema), truncated: z.boolean() });
export type MapDevices = z.infer<typeof mapDevicesSchema>;

/** Why a device protects nobody at present. */
export const deafReasons = ['never-seen', 'offline', 'silent', 'out-of-service'] as const;
export const deafDeviceSchema = deviceSchema
  .pick({ id: true, name: true, lastSeenAt: true })
  .extend({ why: z.enum(deafReasons) });
export type DeafDevice = z.infer<typeof deafDeviceSchema>;

/** A place that no working device of a kind protects. */
export const blindSpotSchema = z.object({
  areaId: areaIdSchema,
  /** The place itself or the next above it that has a shape: where the map shows it. */
  shownOn: areaIdSchema.nullable(),
  domain: deviceSchema.shape.domain,
  /** The kind protects lives. */
  lifeSafety: z.boolean(),
  reason: z.enum(['no-device', 'not-working']),
  /** Of the kind, registered there: all of them deaf. */
  count: z.number().int(),
  /** At most five of them. */
  devices: z.array(deafDeviceSchema),
});
export type BlindSpot = z.infer<typeof blindSpotSchema>;
export const mostBlindSpots = 1000;
export const blindSpotsSchema = z.object({
  /** Those of life safety first, then in the order of the tree. */
  items: z.array(blindSpotSchema),
  truncated: z.boolean(),
  /** All of them, also those that did not fit. */
  count: z.number().int(),
  at: instantSchema,
});
export type BlindSpots = z.infer<typeof blindSpotsSchema>;
export const blindSpotsQuerySchema = z.object({
  areaId: areaIdSchema.optional(),
  domain: deviceSchema.shape.domain.optional(),
});
export type BlindSpotsQuery = z.infer<typeof blindSpotsQuerySchema>;
