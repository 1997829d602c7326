import type { Text } from '@sc/contracts';

/** What this feature answers instead of doing what it was asked. Readings that it refuses are in `refused-readings.ts`. */
export const refusals = {
  notAfterFrom: { en: 'must be after from', 'zh-CN': '必须晚于 from' },
  tooManyWindows: (most: number): Text => ({
    en: `makes more than ${most} windows: choose a wider one or a shorter time`,
    'zh-CN': `会得到超过 ${most} 个窗口，请加大窗口或缩短时间范围`,
  }),

  noDeadLetter: { en: 'no such dead letter', 'zh-CN': '没有这条死信' },
  replayed: { en: 'already replayed', 'zh-CN': '已重新投递' },
  beingReplayed: { en: 'is being replayed, or was', 'zh-CN': '正在重新投递，或已重新投递' },
  onlyBeginning: {
    en: 'only the beginning of this message was kept',
    'zh-CN': '这条消息只保留了开头部分，无法重新投递',
  },
  nobodyTakesIn: { en: 'messages cannot be taken in now', 'zh-CN': '目前无法接收消息' },
} as const satisfies Record<string, Text | ((...values: never[]) => Text)>;
