import type { Text } from '@sc/contracts';

/** What this feature answers instead of doing what it was asked. */
export const refusals = {
  closed: {
    en: 'set-up is closed: this site has its administrator',
    'zh-CN': '初始化已完成，此站点已有管理员',
  },
  wrongCode: { en: 'this is not the code that the terminal shows', 'zh-CN': '与终端显示的代码不符' },
} as const satisfies Record<string, Text | ((...values: never[]) => Text)>;
