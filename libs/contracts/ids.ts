import { z } from 'zod';

/** A name that can stand in an MQTT topic, a URL and a file name. */
export const slugSchema = z.string().regex(/^[a-z0-9-]{1,64}$/, 'use 1 to 64 of a-z, 0-9 and -');

/** `{community}/{device}`: who a device is, everywhere (MQTT user name, table key, URL). */
export const deviceIdSchema = z.string().regex(/^[a-z0-9-]{1,64}\/[a-z0-9-]{1,64}$/, 'is {community}/{device}');
export type DeviceId = z.infer<typeof deviceIdSchema>;

export const uuidSchema = z.uuid();
export const areaIdSchema = slugSchema;
/** A word that people give to devices to speak of them together: `kitchen`, `roof`. */
export const labelSchema = slugSchema;

/** ISO 8601 in UTC, as it stands on every edge of the platform. */
export const instantSchema = z.iso.datetime();
