import { z } from 'zod';
import { areaIdSchema, instantSchema, uuidSchema } from '../ids.js';
import { severitySchema } from '../severity.js';
import { textSchema } from '../text.js';
import { pageQuerySchema } from './common.js';

/** How people and programs are told. A robot and a webhook have one group of listeners; the others reach a person. The app is always one of them. */
export const channelKinds = [
  'in-app',
  'web-push',
  'e-mail',
  'webhook',
  'wecom-robot',
  'dingtalk-robot',
  'feishu-robot',
  'wecom',
  'dingtalk',
  'feishu',
  'sms',
  'voice',
] as const;
export const channelKindSchema = z.enum(channelKinds);
export type ChannelKind = z.infer<typeof channelKindSchema>;

export const groupChannelKinds = ['webhook', 'wecom-robot', 'dingtalk-robot', 'feishu-robot'] as const;
export const personalChannelKinds = ['web-push', 'e-mail', 'wecom', 'dingtalk', 'feishu', 'sms', 'voice'] as const;
export const personalChannelKindSchema = z.enum(personalChannelKinds);
export type PersonalChannelKind = z.infer<typeof personalChannelKindSchema>;
export const reachesGroup = (kind: ChannelKind): boolean => (groupChannelKinds as readonly string[]).includes(kind);

/** What of a person a channel needs in order to reach them. A browser subscribes by itself. */
export const addressKinds = ['phone', 'e-mail', 'wecom', 'dingtalk', 'feishu'] as const;
export type AddressKind = (typeof addressKinds)[number];
export const addressKindOf: Record<PersonalChannelKind, AddressKind | null> = {
  'web-push': null,
  'e-mail': 'e-mail',
  wecom: 'wecom',
  dingtalk: 'dingtalk',
  feishu: 'feishu',
  sms: 'phone',
  voice: 'phone',
};

/** One thing a person fills in for a channel of a kind; the console makes its form of it. */
export interface ChannelField {
  name: string;
  type: 'text' | 'number' | 'boolean' | 'long-text' | 'choice';
  choices?: readonly string[];
  required?: boolean;
}

const text = (most = 300) => z.string().trim().min(1).max(most);
const optionalText = (most = 300) => z.string().trim().max(most).optional();
const addressText = z.url({ protocol: /^https?$/ }).max(500);
/** Without a query: that may be a secret, and settings are shown. */
const plainAddress = addressText.refine((url) => !/[?#]/.test(url), 'write what stands behind ? into the secret');
/** Of a private deployment or a proxy, instead of the official address. Its host must be in NOTIFY_HOSTS. */
const baseUrl = addressText.transform((url) => url.replace(/\/+$/, '')).optional();

const headerLine = /^[A-Za-z0-9-]{1,64}: [\x20-\x7e]{0,500}$/;
const headers = z
  .string()
  .max(2_000)
  .refine((lines) => lines.split('\n').every((line) => !line.trim() || headerLine.test(line.trim())), 'is Name: value')
  .optional();

/** An HTTP request with placeholders: `{{phone}}`, `{{text}}` … (docs/notifications.md). Data, never code. */
const providerSettings = z.object({
  method: z.enum(['POST', 'GET', 'PUT']).default('POST'),
  url: addressText,
  headers,
  contentType: z
    .enum(['application/json', 'application/x-www-form-urlencoded', 'text/plain'])
    .default('application/json'),
  body: z.string().max(4_000).optional(),
  /** User of HTTP basic authentication; its password is a secret. */
  basicUser: optionalText(),
  /** JSON pointer into the answer (RFC 6901); with it, the answer counts as a success only where the value is `successValue`. */
  successPointer: z
    .string()
    .regex(/^(\/[^/]*)+$/, 'is a JSON pointer')
    .max(200)
    .optional(),
  successValue: optionalText(100),
  /** Values at that pointer, separated by commas, that are worth another attempt. */
  retryValues: optionalText(300),
  /** Characters of a message; longer ones are cut. */
  maxLength: z.number().int().min(10).max(2_000).default(500),
});

/** What of a channel everybody who manages channels may see. */
export const channelSettingsSchemas = {
  'in-app': z.object({}),
  'web-push': z.object({ contact: z.union([z.email(), addressText]).optional() }),
  'e-mail': z
    .object({
      host: z.string().regex(/^[A-Za-z0-9.-]{1,253}$/, 'is a host name'),
      port: z.number().int().min(1).max(65_535).default(465),
      security: z.enum(['tls', 'starttls', 'none']).default('tls'),
      user: optionalText(),
      from: z
        .string()
        .trim()
        .min(3)
        .max(320)
        .regex(/^[^\r\n<>]*(<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/, 'is an e-mail address'),
      /** Certificate (PEM) of an authority of one's own. */
      certificateAuthority: z.string().max(20_000).optional(),
    })
    .refine(({ security, user }) => security !== 'none' || !user, {
      path: ['security'],
      message: 'a password never travels in the open',
    }),
  webhook: z.object({ url: plainAddress }),
  'wecom-robot': z.object({ baseUrl }),
  'dingtalk-robot': z.object({ baseUrl }),
  'feishu-robot': z.object({ baseUrl }),
  wecom: z.object({ corpId: text(64), agentId: z.number().int().min(0), baseUrl }),
  dingtalk: z.object({ appKey: text(64), agentId: z.number().int().min(0), baseUrl }),
  feishu: z.object({
    appId: text(64),
    receiveIdType: z.enum(['open_id', 'user_id', 'union_id', 'email']).default('open_id'),
    baseUrl,
  }),
  sms: providerSettings,
  voice: providerSettings,
} as const satisfies Record<ChannelKind, z.ZodType>;
export type ChannelSettings<K extends ChannelKind = ChannelKind> = z.infer<(typeof channelSettingsSchemas)[K]>;

const secret = (least = 1) => z.string().min(least).max(500);
const key = z.string().regex(/^[A-Za-z0-9._~-]{1,200}$/, 'is the part behind the last = or / of the address');
/** What goes in and never comes out again: sealed in the database, named only by whether it is there. */
export const channelSecretsSchemas = {
  'in-app': z.object({}),
  'web-push': z.object({}),
  'e-mail': z.object({ password: secret().optional() }),
  webhook: z.object({ signingKey: secret(32), query: secret().optional() }),
  'wecom-robot': z.object({ key }),
  'dingtalk-robot': z.object({ accessToken: key, signingKey: secret().optional() }),
  'feishu-robot': z.object({ token: key, signingKey: secret().optional() }),
  wecom: z.object({ secret: secret() }),
  dingtalk: z.object({ appSecret: secret() }),
  feishu: z.object({ appSecret: secret() }),
  /** Placeholders `{{secret}}` and `{{secret2}}`. */
  sms: z.object({ secret: secret().optional(), secret2: secret().optional(), basicPassword: secret().optional() }),
  voice: z.object({ secret: secret().optional(), secret2: secret().optional(), basicPassword: secret().optional() }),
} as const satisfies Record<ChannelKind, z.ZodType>;
export type ChannelSecrets<K extends ChannelKind = ChannelKind> = z.infer<(typeof channelSecretsSchemas)[K]>;

/** What a group is told of: alarms, orders, or both, from a severity on, in an area and below it. */
export const channelScopeSchema = z.object({
  areaId: areaIdSchema.nullable().default(null),
  leastSeverity: severitySchema.default('unknown'),
  topics: z
    .array(z.enum(['alarms', 'work-orders']))
    .min(1)
    .default(['alarms', 'work-orders']),
});
export type ChannelScope = z.infer<typeof channelScopeSchema>;

const name = z.string().trim().min(1).max(120);
const anything = z.record(z.string(), z.unknown());

export const channelSchema = z.object({
  id: uuidSchema,
  kind: channelKindSchema,
  name,
  enabled: z.boolean(),
  settings: anything,
  /** Names of the secrets that are there. */
  secretsSet: z.array(z.string()),
  scope: channelScopeSchema,
  /** Of the last day: delivered, waiting or tried again, given up. */
  lastDay: z.object({ delivered: z.number().int(), waiting: z.number().int(), failed: z.number().int() }),
  createdAt: instantSchema,
  updatedAt: instantSchema,
});
export type SiteChannel = z.infer<typeof channelSchema>;

/** `settings` and `secrets` are of its kind: {@link channelSettingsSchemas}, {@link channelSecretsSchemas}. */
export const createChannelSchema = z.object({
  kind: channelKindSchema,
  name,
  enabled: z.boolean().default(true),
  settings: anything.default({}),
  secrets: anything.default({}),
  scope: channelScopeSchema.default({ areaId: null, leastSeverity: 'unknown', topics: ['alarms', 'work-orders'] }),
});
export type CreateChannel = z.infer<typeof createChannelSchema>;
/** Secrets that are left out stay as they are; null removes one. */
export const updateChannelSchema = createChannelSchema
  .omit({ kind: true })
  .extend({ enabled: z.boolean(), settings: anything, secrets: anything, scope: channelScopeSchema })
  .partial();
export type UpdateChannel = z.infer<typeof updateChannelSchema>;

/** To whom a test goes; left out: the asking person's own address, or the group. */
export const testChannelSchema = z.object({ address: z.string().trim().min(1).max(320).optional() });
export type TestChannel = z.infer<typeof testChannelSchema>;
export const channelTestSchema = z.object({
  outcome: z.enum(['delivered', 'refused', 'later']),
  /** A stable word of ours or a code of the other side; null when it was delivered. */
  reason: z.string().nullable(),
  tookMs: z.number().int(),
});
export type ChannelTest = z.infer<typeof channelTestSchema>;

export const deliveryStates = ['pending', 'held', 'delivered', 'failed', 'folded', 'expired'] as const;
export const deliveryStateSchema = z.enum(deliveryStates);
export type DeliveryState = z.infer<typeof deliveryStateSchema>;

export const deliverySchema = z.object({
  id: uuidSchema,
  channel: z.object({ id: uuidSchema.nullable(), kind: channelKindSchema, name: z.string() }),
  person: z.object({ id: uuidSchema, name: z.string() }).nullable(),
  state: deliveryStateSchema,
  severity: severitySchema,
  title: textSchema.nullable(),
  attempts: z.number().int(),
  /** Why the last attempt failed. */
  lastError: z.string().nullable(),
  createdAt: instantSchema,
  /** Not before: held back by quiet hours, or waiting for the next attempt. */
  heldUntil: instantSchema.nullable(),
  deliveredAt: instantSchema.nullable(),
});
export type Delivery = z.infer<typeof deliverySchema>;
export const deliveryQuerySchema = pageQuerySchema.extend({
  state: deliveryStateSchema.optional(),
  channelId: uuidSchema.optional(),
  personId: uuidSchema.optional(),
});
export type DeliveryQuery = z.infer<typeof deliveryQuerySchema>;
