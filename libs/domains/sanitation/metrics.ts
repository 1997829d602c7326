import type { Domain } from '@sc/contracts';
import { batteryMetric } from '../device-rules.js';

/** Bins live for years on one battery: they report every few hours. */
const usualGapMs = 6 * 3_600_000;

export const metrics: Domain['metrics'] = {
  fillPercent: {
    type: 'number',
    unit: '%',
    min: 0,
    max: 100,
    usualGapMs,
    title: { 'zh-CN': '满溢度', en: 'Fill level' },
    retention: 'environment',
  },
  temperature: {
    type: 'number',
    unit: '°C',
    min: -60,
    // Burning waste is hotter, but what measures it in the lid has melted by then.
    max: 1000,
    usualGapMs,
    title: { 'zh-CN': '温度', en: 'Temperature' },
    retention: 'environment',
  },
  /** From upright. */
  tilt: { type: 'number', unit: '°', min: 0, max: 180, title: { 'zh-CN': '倾斜角', en: 'Tilt' }, retention: 'state' },
  battery: batteryMetric,
};
