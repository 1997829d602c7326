import type { Domain } from '@sc/contracts';
import { events } from './events.js';
import { rules } from './rules.js';
import { workOrders } from './work-orders.js';

/** Cameras and the recorders behind them. They speak in events; pictures stay where they are taken, we keep their address. */
export const camera: Domain = {
  name: 'camera',
  title: { 'zh-CN': '视频监控', en: 'Cameras' },
  lifeSafety: false,
  metrics: {},
  events,
  rules,
  workOrders,
};
