import type { Domain } from '@sc/contracts';
import { events } from './events.js';
import { metrics } from './metrics.js';
import { carbonMonoxideRules } from './rules-carbon-monoxide.js';
import { deviceRules } from './rules-device.js';
import { fireRules } from './rules-fire.js';
import { fireTogetherRules } from './rules-fire-together.js';
import { workOrders } from './work-orders.js';

/** Smoke, heat and carbon monoxide alarms, and the emergency button that is built into many of them. */
export const fire: Domain = {
  name: 'fire',
  title: { 'zh-CN': '消防', en: 'Fire' },
  lifeSafety: true,
  metrics,
  events,
  rules: [...fireRules, ...fireTogetherRules, ...carbonMonoxideRules, ...deviceRules],
  workOrders,
};
