import { z } from 'zod';
import { deviceIdSchema, instantSchema, uuidSchema } from '../ids.js';
import { pageQuerySchema } from './common.js';

export const deadLetterSchema = z.object({
  id: uuidSchema,
  kind: z.enum(['message', 'job']),
  deviceId: deviceIdSchema.nullable(),
  /** Topic of a message, name of a job. */
  subject: z.string(),
  /** A RejectReason of a message, an error code of a job. */
  reason: z.string(),
  detail: z.string(),
  /** The first 4 KiB as text; what is not UTF-8 is shown as replacement characters. */
  payload: z.string(),
  payloadBytes: z.number().int(),
  at: instantSchema,
  replayedAt: instantSchema.nullable(),
});
export type DeadLetter = z.infer<typeof deadLetterSchema>;
export const deadLetterQuerySchema = pageQuerySchema.extend({
  kind: z.enum(['message', 'job']).optional(),
  deviceId: deviceIdSchema.optional(),
});
export type DeadLetterQuery = z.infer<typeof deadLetterQuerySchema>;

export const auditEntrySchema = z.object({
  sequence: z.number().int(),
  at: instantSchema,
  actorKind: z.enum(['person', 'device', 'system']),
  actorId: z.string(),
  actorName: z.string().nullable(),
  action: z.string(),
  subjectType: z.string(),
  subjectId: z.string(),
  change: z.record(z.string(), z.unknown()),
  /** SHA-256 over the previous hash and this entry, hexadecimal. */
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;
export const auditQuerySchema = pageQuerySchema.extend({
  actorKind: auditEntrySchema.shape.actorKind.optional(),
  actorId: z.string().max(140).optional(),
  subjectType: z.string().max(40).optional(),
  subjectId: z.string().max(140).optional(),
  /** Written in from ≤ at < to. */
  from: instantSchema.optional(),
  to: instantSchema.optional(),
});
export type AuditQuery = z.infer<typeof auditQuerySchema>;
export const auditVerificationSchema = z.object({
  entries: z.number().int(),
  intact: z.boolean(),
  firstBrokenSequence: z.number().int().nullable(),
});
export type AuditVerification = z.infer<typeof auditVerificationSchema>;

export const healthSchema = z.object({
  status: z.enum(['ok', 'degraded', 'unavailable', 'shutting-down']),
  checks: z.record(z.string(), z.object({ status: z.enum(['up', 'down']), detail: z.string().optional() })),
});
export type Health = z.infer<typeof healthSchema>;

/** What the console needs to know before the first screen. */
export const siteSchema = z.object({
  demo: z.boolean(),
  /** Seconds; the console shows when its clock is off. */
  serverTime: instantSchema,
  timeZone: z.string(),
  mqttPort: z.number().int().nullable(),
  httpPort: z.number().int().nullable().default(null),
  httpsPort: z.number().int().nullable().default(null),
  /** PUBLIC_URL: what printed labels point to; without it the address in the browser has to do. */
  publicUrl: z.string().nullable().default(null),
  /** Whether phones have to install a root certificate of this site (`/site/root.crt`). */
  ownRoot: z.boolean().default(false),
  /** Where phones find this machine; told only to a browser on the machine itself. */
  addresses: z.array(z.string()).default([]),
});
export type Site = z.infer<typeof siteSchema>;
