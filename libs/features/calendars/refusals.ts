import type { Text } from '@sc/contracts';

/** What this feature answers instead of doing what it was asked. */
export const refusals = {
  noneOfItsOwn: { en: 'this area has no calendar of its own', 'zh-CN': '该区域没有单独设置的日历' },
  overtaken: {
    en: 'somebody changed this calendar meanwhile; look at it again',
    'zh-CN': '此日历已被他人修改，请重新查看',
  },
} as const satisfies Record<string, Text>;
