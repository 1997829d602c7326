import type { Text } from '@sc/contracts';

/** What this feature answers instead of doing what it was asked. */
export const refusals = {
  takesTooLong: {
    en: 'takes too long: ask for a smaller area or a shorter time',
    'zh-CN': '耗时过长，请缩小区域或缩短时间范围',
  },
} as const satisfies Record<string, Text | ((...values: never[]) => Text)>;
