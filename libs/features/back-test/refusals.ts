import type { Text } from '@sc/contracts';

/** What this feature answers instead of doing what it was asked. */
export const refusals = {
  noBackTest: { en: 'no such back-test', 'zh-CN': '没有这次回测' },
  tooLong: (days: number): Text => ({
    en: `more than ${days} days: choose a shorter range`,
    'zh-CN': `超过 ${days} 天，请缩短时间范围`,
  }),
  notGood: { en: 'the rule cannot be taken like this', 'zh-CN': '规则有误，无法回测' },
} as const satisfies Record<string, Text | ((...values: never[]) => Text)>;
