import type { Domain } from '@sc/contracts';
import { metrics } from './metrics.js';
import { rules } from './rules.js';
import { workOrders } from './work-orders.js';

/** Leak sensors under the sink and beside the pump, depth in cellars, pressure in risers. */
export const water: Domain = {
  name: 'water',
  title: { 'zh-CN': '水浸', en: 'Water' },
  lifeSafety: false,
  metrics,
  events: {},
  rules,
  workOrders,
};
