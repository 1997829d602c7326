import type { ChannelKind, ChannelSecrets, ChannelSettings } from '@sc/contracts';
import type { Clock } from '@sc/platform/clock';
import type { Settings } from '@sc/platform/config';
import { type AllowedHosts, Outbound, parseAllowedHosts } from '@sc/platform/egress';
import type { NotificationChannel } from './channel.js';
import { DingtalkAppChannel } from './dingtalk/dingtalk-app-channel.js';
import { DingtalkRobotChannel } from './dingtalk/dingtalk-robot-channel.js';
import { EMailChannel } from './e-mail/e-mail-channel.js';
import { FeishuAppChannel } from './feishu/feishu-app-channel.js';
import { FeishuRobotChannel } from './feishu/feishu-robot-channel.js';
import { InAppChannel, type Inbox } from './in-app/in-app-channel.js';
import { ProviderChannel } from './provider/provider-channel.js';
import { pushServiceOf } from './web-push/push-services.js';
import { type VapidKeys, WebPushChannel } from './web-push/web-push-channel.js';
import { WebhookChannel } from './webhook/webhook-channel.js';
import { WecomAppChannel } from './wecom/wecom-app-channel.js';
import { WecomRobotChannel } from './wecom/wecom-robot-channel.js';

export interface ChannelSurroundings {
  settings: Pick<Settings, 'NOTIFY_HOSTS'>;
  clock: Clock;
  /** Of Web Push alone. */
  vapid?: VapidKeys;
  /** Of the app alone. */
  inbox?: Inbox;
}

/** Hosts that a kind may speak to without being listed: the official ones, which nobody types in. */
const official: Partial<Record<ChannelKind, readonly string[]>> = {
  'wecom-robot': ['qyapi.weixin.qq.com:443'],
  wecom: ['qyapi.weixin.qq.com:443'],
  'dingtalk-robot': ['oapi.dingtalk.com:443'],
  dingtalk: ['oapi.dingtalk.com:443'],
  'feishu-robot': ['open.feishu.cn:443', 'open.larksuite.com:443'],
  feishu: ['open.feishu.cn:443', 'open.larksuite.com:443'],
};

/** Where a channel of this kind may speak to. */
export function hostsOf(kind: ChannelKind, settings: Pick<Settings, 'NOTIFY_HOSTS'>): AllowedHosts {
  const listed = parseAllowedHosts(settings.NOTIFY_HOSTS);
  if (kind === 'web-push')
    return { has: (host) => listed.has(host) || pushServiceOf(`https://${host.replace(/:443$/, '')}/`) === host };
  return new Set([...listed, ...(official[kind] ?? [])]);
}

/** The adapter of a configured channel. Opens no connection yet. */
export function openChannel(
  kind: ChannelKind,
  settings: ChannelSettings,
  secrets: ChannelSecrets,
  { settings: site, clock, vapid, inbox }: ChannelSurroundings,
): NotificationChannel {
  const hosts = hostsOf(kind, site);
  if (kind === 'e-mail') {
    const { password } = secrets as ChannelSecrets<'e-mail'>;
    return new EMailChannel(settings as ChannelSettings<'e-mail'>, password, hosts);
  }
  if (kind === 'in-app') {
    if (!inbox) throw new Error('the app needs its inbox');
    return new InAppChannel(inbox);
  }
  const outbound = new Outbound(hosts, clock);
  // one cast for what the schemas of the kind made sure of when it was stored
  const all = { ...settings, ...secrets } as never;
  switch (kind) {
    case 'web-push':
      if (!vapid) throw new Error('Web Push needs the keys of the site');
      return new WebPushChannel(vapid, outbound, clock);
    case 'webhook':
      return new WebhookChannel(webhookOptions(settings, secrets), outbound, clock);
    case 'wecom-robot':
      return new WecomRobotChannel(all, outbound);
    case 'dingtalk-robot':
      return new DingtalkRobotChannel(all, outbound, clock);
    case 'feishu-robot':
      return new FeishuRobotChannel(all, outbound, clock);
    case 'wecom':
      return new WecomAppChannel(all, outbound, clock);
    case 'dingtalk':
      return new DingtalkAppChannel(all, outbound, clock);
    case 'feishu':
      return new FeishuAppChannel(all, outbound, clock);
    case 'sms':
    case 'voice':
      return new ProviderChannel(settings as ChannelSettings<'sms'>, secrets as ChannelSecrets<'sms'>, outbound, clock);
  }
}

function webhookOptions(settings: ChannelSettings, secrets: ChannelSecrets) {
  const { url } = settings as ChannelSettings<'webhook'>;
  const { signingKey, query } = secrets as ChannelSecrets<'webhook'>;
  return { url: query ? `${url}?${query.replace(/^\?/, '')}` : url, signingKey };
}
