import { z } from 'zod';
import { areaIdSchema, deviceIdSchema, instantSchema, slugSchema } from '../ids.js';
import { positionSchema } from './common.js';

/** What kind of program speaks for devices that have no login of their own. */
export const bridgeKinds = ['frigate'] as const;
export const bridgeKindSchema = z.enum(bridgeKinds);
export type BridgeKind = z.infer<typeof bridgeKindSchema>;

const name = z.string().trim().min(1).max(120);
/** Its topics begin with this. `sc` is ours. */
const topicPrefixSchema = z
  .string()
  .regex(/^(?!sc(\/|$))[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+){0,3}$/, 'is A-Z a-z 0-9 _ - / and does not begin with sc/')
  .max(64);
/** Where its HTTP interface answers, without a path of its own. Its host must be in CAMERA_HOSTS. */
const baseUrlSchema = z
  .url({ protocol: /^https?$/ })
  .max(300)
  .transform((url) => url.replace(/\/+$/, ''));
/** What the bridge calls the device, case included. */
export const externalIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'is 1 to 64 of A-Z a-z 0-9 _ -');

export const bridgeSchema = z.object({
  id: deviceIdSchema,
  kind: bridgeKindSchema,
  name,
  areaId: areaIdSchema,
  topicPrefix: z.string(),
  baseUrl: z.string().nullable(),
  state: z.enum(['registered', 'retired']),
  connection: z.enum(['online', 'offline', 'never-seen']),
  /** What it noted up to here is known to us. */
  reviewedUntil: instantSchema.nullable(),
  cameras: z.array(z.object({ deviceId: deviceIdSchema, externalId: externalIdSchema, name: z.string() })),
});
export type Bridge = z.infer<typeof bridgeSchema>;

export const registerBridgeSchema = z.object({
  community: slugSchema,
  bridge: slugSchema,
  kind: bridgeKindSchema,
  name,
  areaId: areaIdSchema,
  topicPrefix: topicPrefixSchema.default('frigate'),
  baseUrl: baseUrlSchema.nullable().default(null),
});
export type RegisterBridge = z.infer<typeof registerBridgeSchema>;
export const updateBridgeSchema = z.object({ name, baseUrl: baseUrlSchema.nullable() }).partial();
export type UpdateBridge = z.infer<typeof updateBridgeSchema>;

/** The secret is shown in this answer and never again. */
export const bridgeCredentialsSchema = z.object({ bridge: bridgeSchema, userName: z.string(), secret: z.string() });
export type BridgeCredentials = z.infer<typeof bridgeCredentialsSchema>;

/** A camera that the bridge speaks for: it gets no secret, because it never logs in. */
export const registerCameraSchema = z.object({
  device: slugSchema,
  externalId: externalIdSchema,
  name,
  areaId: areaIdSchema,
  position: positionSchema.nullable().default(null),
  placement: z.string().trim().max(200).nullable().default(null),
});
export type RegisterCamera = z.infer<typeof registerCameraSchema>;
