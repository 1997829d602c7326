import type { Domain } from '@sc/contracts';
import { events } from './events.js';
import { metrics } from './metrics.js';
import { rules } from './rules.js';
import { workOrders } from './work-orders.js';

/** Doors and gates: who may pass, and whether they are shut. */
export const access: Domain = {
  name: 'access',
  title: { 'zh-CN': '门禁', en: 'Access' },
  lifeSafety: false,
  metrics,
  events,
  rules,
  workOrders,
};
