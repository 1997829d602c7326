import type { Text } from '@sc/contracts';

/** What this feature answers instead of doing what it was asked. */
export const refusals = {
  noChannel: { en: 'no such channel', 'zh-CN': '没有这个通知渠道' },
  kindThere: { en: 'there is a channel of this kind already', 'zh-CN': '已有该类型的通知渠道' },
  tooManyChannels: (most: number): Text => ({
    en: `there are ${most} channels already`,
    'zh-CN': `通知渠道已达上限 ${most} 个`,
  }),
  appAlwaysTells: { en: 'the app always tells', 'zh-CN': '应用内消息始终开启' },
  hostNotAllowed: (host: string): Text => ({
    en: `host-not-allowed: ${host} must be in the setting NOTIFY_HOSTS`,
    'zh-CN': `主机和端口 ${host} 必须写在 NOTIFY_HOSTS 设置中`,
  }),
  /** Each with its place: no form shows a field that it does not have. */
  noAddress: {
    en: 'no address: give one, or enter your own',
    'zh-CN': '没有可用的地址，请填写一个，或先填写您自己的联系方式',
  },
  testedJustNow: { en: 'one test in five seconds', 'zh-CN': '每五秒只能测试一次' },

  noPushService: (why: string): Text => ({
    en: `${why}: no push service that is known here; another must be in the setting NOTIFY_HOSTS`,
    'zh-CN': '不是本站点已知的推送服务，其他推送服务必须写在 NOTIFY_HOSTS 设置中',
  }),
  tooManyBrowsers: (most: number): Text => ({
    en: `${most} browsers are subscribed already`,
    'zh-CN': `接收推送的浏览器已达上限 ${most} 个`,
  }),

  noNotification: { en: 'no such notification', 'zh-CN': '没有这条通知' },
  noDelivery: { en: 'no such delivery', 'zh-CN': '没有这条发送记录' },
  notGivenUp: {
    en: 'it is not given up, or its channel is no more',
    'zh-CN': '该消息没有发送失败，或其通知渠道已删除',
  },
} as const satisfies Record<string, Text | ((...values: never[]) => Text)>;
