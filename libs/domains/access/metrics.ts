import type { Domain } from '@sc/contracts';
import { batteryMetric } from '../device-rules.js';

export const metrics: Domain['metrics'] = {
  doorOpen: { type: 'boolean', unit: '', title: { 'zh-CN': '门开启', en: 'Door open' }, retention: 'state' },
  battery: batteryMetric,
};
