import type { Text } from '@sc/contracts';

/** What this feature answers instead of doing what it was asked. */
export const refusals = {
  strangePosition: {
    en: 'Last-Event-ID is not one of this stream',
    'zh-CN': 'Last-Event-ID 不是由此实时连接给出的',
  },
  startFromNow: { en: 'leave it out to start from now', 'zh-CN': '去掉它即可从现在开始' },
  noOutbox: { en: 'the outbox cannot be read yet', 'zh-CN': '发件箱暂时无法读取' },
  tooManyStreams: { en: 'too many open streams', 'zh-CN': '实时连接过多' },
} as const satisfies Record<string, Text | ((...values: never[]) => Text)>;
