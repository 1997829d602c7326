import type { Text } from '@sc/contracts';

/** What this feature answers instead of doing what it was asked. */
export const refusals = {
  noExport: { en: 'no such export', 'zh-CN': '没有这个导出' },
  noFileOfIt: { en: 'this export has no file', 'zh-CN': '这个导出没有文件' },
  fileElsewhere: {
    en: 'the file lies in the DATA_DIR of another process',
    'zh-CN': '文件在另一进程的 DATA_DIR 中',
  },
} as const satisfies Record<string, Text | ((...values: never[]) => Text)>;
