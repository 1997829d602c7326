import type { Domain } from '@sc/contracts';

export const events: Domain['events'] = {
  'bin.emptied': { title: { 'zh-CN': '垃圾桶已清空', en: 'Bin emptied' } },
};
