import type { Domain } from '@sc/contracts';
import { batteryMetric } from '../device-rules.js';

export const metrics: Domain['metrics'] = {
  leak: { type: 'boolean', unit: '', title: { 'zh-CN': '漏水', en: 'Leak' }, retention: 'state' },
  battery: batteryMetric,
};
