import type { Text } from '@sc/contracts';

/** What this feature answers instead of doing what it was asked. */
export const refusals = {
  tooManySteps: (most: number): Text => ({
    en: `more than ${most} steps: ask for a shorter range`,
    'zh-CN': `告警变化超过 ${most} 次，请缩短时间范围`,
  }),
} as const satisfies Record<string, Text | ((...values: never[]) => Text)>;
