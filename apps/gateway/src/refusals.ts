import type { Text } from '@sc/contracts';

/** What the gateway itself answers instead of doing what it was asked. */
export const refusals = {
  noRootCertificate: {
    en: 'this site has no root certificate of its own',
    'zh-CN': '本站点没有自己签发的根证书',
  },
  otherMediaType: {
    en: 'send application/json, multipart/form-data for files, text/csv for tables, or application/geo+json for areas',
    'zh-CN': '请以 application/json 格式发送；文件用 multipart/form-data，表格用 text/csv，区域用 application/geo+json',
  },
} as const satisfies Record<string, Text>;
