import { z } from 'zod';

/** Largest payload of one message in bytes. */
export const maxPayloadBytes = 256 * 1024;
/** Largest number of readings in one telemetry array. */
export const maxReadingsPerMessage = 1000;
/** How deep the data of an event may be nested: stores and programs fail at some thousand levels. */
export const maxEventDataDepth = 32;
/** How far ahead of ours a device's clock may be. */
export const maxClockAheadMs = 5 * 60_000;

/** Epoch milliseconds, or ISO 8601 with a zone. */
export const timestampSchema = z.union([
  z.number().int().min(0).max(8_640_000_000_000_000),
  z.iso.datetime({ offset: true }),
]);

export const metricNameSchema = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_.-]{0,63}$/, 'starts with a letter, then up to 63 of A-Z a-z 0-9 _ . -');
export const readingValueSchema = z.union([z.number(), z.boolean(), z.string().max(256)]);

const values = z
  .record(metricNameSchema, readingValueSchema)
  .refine((v) => Object.keys(v).length > 0 && Object.keys(v).length <= 64, 'holds 1 to 64 values');

export const telemetrySchema = z.object({
  /** Left out (only in a single object) = time of receipt, and then delivery is at least once. */
  ts: timestampSchema.optional(),
  values,
});
export const telemetryPayloadSchema = z.union([
  telemetrySchema,
  z
    .array(telemetrySchema.extend({ ts: timestampSchema }))
    .min(1)
    .max(maxReadingsPerMessage),
]);
export type TelemetryPayload = z.infer<typeof telemetryPayloadSchema>;

export const eventTypeSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*){0,3}$/)
  .max(64);
export const eventPayloadSchema = z.object({
  /** Unique per device; without it the identity is (device, type, ts). */
  id: z.string().min(1).max(128).optional(),
  ts: timestampSchema.optional(),
  type: eventTypeSchema,
  data: z
    .record(z.string().max(64), z.unknown())
    .refine((data) => isAtMostDeep(data, maxEventDataDepth), `is nested at most ${maxEventDataDepth} levels`)
    .optional(),
});
export type EventPayload = z.infer<typeof eventPayloadSchema>;

/**
 * Written by the platform, not by devices: readings of this device were refused. At most one for each reason and minute.
 * `data`: `reason`, `detail`. Rules can be about it as about any event.
 */
export const readingRefusedEvent = 'reading.refused';

export const statusPayloadSchema = z.object({ state: z.enum(['online', 'offline']) });
export type StatusPayload = z.infer<typeof statusPayloadSchema>;

export const commandPayloadSchema = z.object({
  id: z.string().min(1).max(128),
  method: z.string().min(1).max(64),
  params: z.record(z.string(), z.unknown()),
  expiresAt: z.iso.datetime({ offset: true }),
});
export const replyPayloadSchema = z.discriminatedUnion('ok', [
  z.object({ id: z.string().min(1).max(128), ok: z.literal(true), result: z.unknown() }),
  z.object({ id: z.string().min(1).max(128), ok: z.literal(false), error: z.string().max(1000) }),
]);

/** Why a message could not be used. Shown on the device's page, counted in `/metrics`. */
export const rejectReasons = [
  'not-json',
  'schema-mismatch',
  'unregistered-device',
  'wrong-domain',
  'wrong-type',
  'value-out-of-range',
  'clock-ahead',
  'too-old',
  'too-large',
  'unsupported-channel',
] as const;
export const rejectReasonSchema = z.enum(rejectReasons);
export type RejectReason = z.infer<typeof rejectReasonSchema>;

function isAtMostDeep(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((part) => isAtMostDeep(part, levels - 1));
}
