import type { Domain } from '@sc/contracts';
import { batteryMetric } from '../device-rules.js';

export const metrics: Domain['metrics'] = {
  leak: { type: 'boolean', unit: '', title: { 'zh-CN': '漏水', en: 'Leak' }, retention: 'state' },
  /** Of what stands where none should be: a cellar, a lift pit. Not of a tank. */
  depth: {
    type: 'number',
    unit: 'cm',
    min: 0,
    max: 1000,
    title: { 'zh-CN': '积水深度', en: 'Depth of standing water' },
    retention: 'environment',
  },
  /** In the riser. */
  pressure: {
    type: 'number',
    unit: 'kPa',
    min: 0,
    max: 2500,
    title: { 'zh-CN': '管网压力', en: 'Water pressure' },
    retention: 'environment',
  },
  battery: batteryMetric,
};
