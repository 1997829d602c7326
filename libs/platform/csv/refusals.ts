import type { Text } from '@sc/contracts';

/** What is answered to a file instead of reading it. */
export const refusals = {
  noTable: { en: 'send the table as text/csv', 'zh-CN': '请以 text/csv 格式发送表格' },
  noGeoJson: { en: 'send the file as application/geo+json', 'zh-CN': '请以 application/geo+json 格式发送文件' },
  unusable: (cells: number): Text => ({
    en: `${cells} cells cannot be used; nothing was changed`,
    'zh-CN': `有 ${cells} 处需要改正，未更改任何数据`,
  }),
} as const satisfies Record<string, Text | ((...values: never[]) => Text)>;
