import { z } from 'zod';
import { instantSchema, uuidSchema } from '../ids.js';
import { timeOfDaySchema, timeZoneSchema } from '../wall-clock.js';
import { personalChannelKindSchema } from './channels.js';

const channels = z.array(personalChannelKindSchema).max(10);
/** In danger somebody is always told by something: the list may not be empty. */
const channelsInDanger = channels.min(1);

/** Hours in which nothing but danger to life and property is told outside the app; past midnight where it ends before it begins. */
export const quietHoursSchema = z
  .object({ from: timeOfDaySchema, to: timeOfDaySchema, timeZone: timeZoneSchema })
  .refine(({ from, to }) => from !== to, 'begins when it ends');
export type QuietHours = z.infer<typeof quietHoursSchema>;

/** Which channels tell the person of what; a channel that the site does not have, or that has no address, is passed over. */
export const notificationPreferencesSchema = z.object({
  channels: z.object({
    extreme: channelsInDanger,
    severe: channelsInDanger,
    moderate: channels,
    minor: channels,
    unknown: channels,
  }),
  quietHours: quietHoursSchema.nullable(),
});
export type NotificationPreferences = z.infer<typeof notificationPreferencesSchema>;

/** Until the person chooses: the graver, the louder. */
export const defaultPreferences: NotificationPreferences = {
  channels: {
    extreme: ['web-push', 'e-mail', 'wecom', 'dingtalk', 'feishu', 'sms', 'voice'],
    severe: ['web-push', 'e-mail', 'wecom', 'dingtalk', 'feishu', 'sms'],
    moderate: ['web-push', 'e-mail', 'wecom', 'dingtalk', 'feishu'],
    minor: ['web-push', 'wecom', 'dingtalk', 'feishu'],
    unknown: ['web-push', 'wecom', 'dingtalk', 'feishu'],
  },
  quietHours: null,
};

/** What the person may choose from: enabled channels of the site, and whether they can reach this person. */
export const ownNotificationsSchema = z.object({
  preferences: notificationPreferencesSchema,
  /** Nothing was chosen yet. */
  isDefault: z.boolean(),
  available: z.array(z.object({ kind: personalChannelKindSchema, reachable: z.boolean() })),
});
export type OwnNotifications = z.infer<typeof ownNotificationsSchema>;

/** E.164: what every provider understands. */
export const phoneSchema = z
  .string()
  .regex(/^\+[1-9]\d{6,14}$/, 'is + and the country code, for example +8613800000000');
const userId = z
  .string()
  .trim()
  .min(1)
  .max(128)
  .regex(/^[^\s|,]+$/, 'has no spaces');
/** Where a person is reached. Only the person and the administrators see it. */
export const personAddressesSchema = z.object({
  phone: phoneSchema.nullable().default(null),
  'e-mail': z.email().max(254).nullable().default(null),
  wecom: userId.nullable().default(null),
  dingtalk: userId.nullable().default(null),
  feishu: userId.nullable().default(null),
});
export type PersonAddresses = z.infer<typeof personAddressesSchema>;

/** `applicationServerKey` of `PushManager.subscribe`. */
export const pushKeySchema = z.object({ publicKey: z.string() });
export type PushKey = z.infer<typeof pushKeySchema>;

const base64Url = (bytes: number) => z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${bytes}}={0,2}$`));
/** As `PushSubscription.toJSON()` gives it (W3C Push API). */
export const pushSubscriptionSchema = z.object({
  endpoint: z.url({ protocol: /^https?$/ }).max(1_000),
  keys: z.object({ p256dh: base64Url(87), auth: base64Url(22) }),
});
export type PushSubscriptionRequest = z.infer<typeof pushSubscriptionSchema>;
export const deletePushSubscriptionSchema = pushSubscriptionSchema.pick({ endpoint: true });
export type DeletePushSubscription = z.infer<typeof deletePushSubscriptionSchema>;
/** One browser of the asking person. */
export const ownPushSubscriptionSchema = z.object({
  id: uuidSchema,
  /** The push service, not the whole address: that is a secret between us and it. */
  service: z.string(),
  createdAt: instantSchema,
});
export type OwnPushSubscription = z.infer<typeof ownPushSubscriptionSchema>;
