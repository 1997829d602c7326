import type { Domain } from '@sc/contracts';
import { events } from './events.js';
import { metrics } from './metrics.js';
import { rules } from './rules.js';
import { lotRules } from './rules-lot.js';
import { stayRules } from './rules-stay.js';
import { workOrders } from './work-orders.js';

/** Car parks, bays, and the lane that must stay free for the fire engine. */
export const parking: Domain = {
  name: 'parking',
  title: { 'zh-CN': '停车', en: 'Parking' },
  lifeSafety: false,
  metrics,
  events,
  rules: [...rules, ...lotRules, ...stayRules],
  workOrders,
};
