import type { Text } from '@sc/contracts';

/** What this feature answers instead of doing what it was asked. */
export const refusals = {
  tooManyFilters: (most: number): Text => ({
    en: `${most} filters are kept for this list already`,
    'zh-CN': `此列表已保存 ${most} 个筛选方案，达到上限`,
  }),
} as const satisfies Record<string, Text | ((...values: never[]) => Text)>;
