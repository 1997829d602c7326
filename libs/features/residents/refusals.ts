import type { Text } from '@sc/contracts';

/** What this feature answers instead of doing what it was asked. Residents read most of it on their phones, in the words of their page. */
export const refusals = {
  noPlace: { en: 'no such place', 'zh-CN': '此二维码无效，请扫楼内最新的二维码' },
  /** What staff call a case is a matter to residents. */
  noCase: { en: 'no such case', 'zh-CN': '没有这个事项' },
  noCaseHere: { en: 'no such open case here', 'zh-CN': '此处没有这个事项，或它已结束' },
  noPhoto: { en: 'no such photo', 'zh-CN': '没有这张照片' },
  notYetOrTooLate: {
    en: 'it is not said to be done, or was closed too long ago',
    'zh-CN': '此事项尚未处理完，或结案已久，不能再反映是否解决',
  },
  notClosed: { en: 'only what is closed is rated', 'zh-CN': '结案后才能评价' },
  noLongerReported: {
    en: 'this kind of work is no longer in use there: report it anew',
    'zh-CN': '此处已不再受理这类事项，请重新上报',
  },
  notForResidents: {
    en: 'residents do not report this kind of work',
    'zh-CN': '这类事项不接受居民上报',
  },
  noReports: { en: 'no reports are taken here', 'zh-CN': '此处暂不接受上报' },
  filledUnseen: {
    en: 'the field that people do not see was filled in',
    'zh-CN': '页面上不可见的一项被填写了',
  },
  tooQuick: { en: 'quicker than people write', 'zh-CN': '提交过快，请稍候' },
  crowded: {
    en: 'too many reports at this place within an hour',
    'zh-CN': '此处一小时内的上报过多，请稍后再试',
  },
  tooMuch: { en: 'too much from this address; wait', 'zh-CN': '来自此网络地址的请求过于频繁，请稍候' },
  tooManyMessages: (most: number): Text => ({ en: `at most ${most} messages`, 'zh-CN': `最多 ${most} 条留言` }),
  nothingMore: {
    en: 'nothing more can be sent with this case',
    'zh-CN': '此事项不能再上传更多内容',
  },
  noRequestId: { en: 'requestId is missing', 'zh-CN': '缺少 requestId' },

  noAnnouncement: { en: 'no such announcement', 'zh-CN': '没有这条公告' },
  noPhotoOfOrder: { en: 'no such photo of this order', 'zh-CN': '该工单没有这张照片' },
  noPhone: { en: 'no number is kept', 'zh-CN': '没有保存电话' },
} as const satisfies Record<string, Text | ((...values: never[]) => Text)>;
