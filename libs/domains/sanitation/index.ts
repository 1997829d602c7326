import type { Domain } from '@sc/contracts';
import { events } from './events.js';
import { metrics } from './metrics.js';
import { rules } from './rules.js';
import { levelRules } from './rules-level.js';
import { workOrders } from './work-orders.js';

/**
 * Bins. One that burns is an extreme alarm, yet the domain is not in the life-safety lane: thousands of fill levels in it
 * would delay the smoke detectors, and nobody sleeps in a bin.
 */
export const sanitation: Domain = {
  name: 'sanitation',
  title: { 'zh-CN': '环卫', en: 'Sanitation' },
  lifeSafety: false,
  metrics,
  events,
  rules: [...rules, ...levelRules],
  workOrders,
};
