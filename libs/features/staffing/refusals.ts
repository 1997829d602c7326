import type { Text } from '@sc/contracts';

/** What this feature answers instead of doing what it was asked. */
export const refusals = {
  noPlan: { en: 'no such staffing plan', 'zh-CN': '没有这个排班推演' },
  areaOutOfSight: { en: 'its area is not yours any more', 'zh-CN': '该区域已不归您管辖' },
  noAreaCalled: (id: string): Text => ({ en: `no area ${id}`, 'zh-CN': `没有区域 ${id}` }),
  tooManyOfficers: (most: number): Text => ({ en: `more than ${most} officers`, 'zh-CN': `网格员超过 ${most} 人` }),
  mostOfficers: (most: number): Text => ({ en: `at most ${most} officers`, 'zh-CN': `网格员最多 ${most} 人` }),

  unreadable: { en: 'the table has lines that cannot be read', 'zh-CN': '表格中有无法读取的行' },
  noInstant: {
    en: 'is neither an instant nor YYYY-MM-DD HH:MM',
    'zh-CN': '时间应写成 2026-03-02 08:15，或带时区的时刻',
  },
  noAreaOfYours: { en: 'is no area of yours', 'zh-CN': '不是您管辖的区域' },
  noCode: { en: 'use 1 to 64 of a-z, 0-9 and -', 'zh-CN': '请用 1 至 64 个字符：a-z、0-9 和 -' },
  noSeverity: { en: 'is no severity', 'zh-CN': '没有这个级别' },
  noMinutes: { en: 'is no number of minutes', 'zh-CN': '不是有效的分钟数' },
  halfAPosition: {
    en: 'give longitude and latitude, or neither',
    'zh-CN': '经度和纬度要么都填，要么都不填',
  },
  tooManyCases: (most: number): Text => ({ en: `more than ${most} cases`, 'zh-CN': `工单超过 ${most} 张` }),
} as const satisfies Record<string, Text | ((...values: never[]) => Text)>;
