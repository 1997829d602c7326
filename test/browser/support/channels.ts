import {
  channelSchema,
  type Delivery,
  deliverySchema,
  type OwnNotifications,
  ownNotificationsSchema,
  type PersonAddresses,
  personAddressesSchema,
  type SiteChannel,
  defaultPreferences,
} from '@sc/contracts';

const uuid = (n: number): string => `00000000-0000-4000-8000-${(8000 + n).toString().padStart(12, '0')}`;

export interface Telling {
  channels: SiteChannel[];
  deliveries: Delivery[];
  own: OwnNotifications;
  addresses: PersonAddresses;
}

/** Channels in every condition, and a log with every state. */
export function telling(ago: (seconds: number) => string): Telling {
  const channel = (n: number, over: Partial<SiteChannel>) =>
    channelSchema.parse({
      id: uuid(n),
      kind: 'web-push',
      name: 'Web Push',
      enabled: true,
      settings: {},
      secretsSet: [],
      scope: {},
      lastDay: { delivered: 41, waiting: 0, failed: 0 },
      createdAt: ago(900_000),
      updatedAt: ago(9_000),
      ...over,
    });
  const mail = {
    host: 'smtp.community.example',
    port: 465,
    security: 'tls',
    user: 'platform',
    from: 'platform@community.example',
  };
  const channels = [
    channel(1, {}),
    channel(2, {
      kind: 'e-mail',
      name: '物业邮箱',
      settings: mail,
      secretsSet: ['password'],
      lastDay: { delivered: 12, waiting: 1, failed: 3 },
    }),
    channel(3, { kind: 'wecom-robot', name: '阳光社区值班群', secretsSet: ['key'] }),
    channel(4, {
      kind: 'sms',
      name: '短信',
      enabled: false,
      settings: { url: 'https://sms.example/send', method: 'POST' },
      secretsSet: ['secret'],
    }),
  ];
  const title = { 'zh-CN': '新工单 WO-000123', en: 'New work order WO-000123' };
  const delivery = (n: number, over: Partial<Delivery>) =>
    deliverySchema.parse({
      id: uuid(100 + n),
      channel: { id: uuid(2), kind: 'e-mail', name: '物业邮箱' },
      person: { id: uuid(3), name: '李网格' },
      state: 'delivered',
      severity: 'moderate',
      title,
      attempts: 1,
      lastError: null,
      createdAt: ago(60 * n),
      heldUntil: null,
      deliveredAt: null,
      ...over,
    });
  const deliveries = [
    delivery(1, {}),
    delivery(2, { state: 'failed', attempts: 10, lastError: 'timeout' }),
    delivery(3, { state: 'failed', lastError: 'smtp-535' }),
    delivery(4, { state: 'held', attempts: 0, heldUntil: ago(-3_600) }),
    delivery(5, { state: 'pending', attempts: 2, lastError: 'smtp-451' }),
    delivery(6, { state: 'folded', attempts: 0 }),
    delivery(7, { state: 'expired', attempts: 0 }),
    delivery(8, { channel: { id: uuid(3), kind: 'wecom-robot', name: '阳光社区值班群' }, person: null }),
  ];
  const own = ownNotificationsSchema.parse({
    preferences: { ...defaultPreferences, quietHours: { from: '22:00', to: '06:30', timeZone: 'Asia/Shanghai' } },
    isDefault: false,
    available: [
      { kind: 'web-push', reachable: true },
      { kind: 'e-mail', reachable: true },
      { kind: 'sms', reachable: false },
    ],
  });
  return { channels, deliveries, own, addresses: personAddressesSchema.parse({ 'e-mail': 'li@community.example' }) };
}
