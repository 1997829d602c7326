import type { Domain } from '@sc/contracts';
import { batteryMetric } from '../device-rules.js';

/** A battery device may report once a minute. */
const usualGapMs = 60_000;

/** Names and units are part of the contract with devices. Bounds are what a working sensor can report, not what is healthy. */
export const metrics: Domain['metrics'] = {
  smoke: {
    type: 'number',
    unit: '%/m',
    min: 0,
    max: 100,
    usualGapMs,
    title: { 'zh-CN': '烟雾减光率', en: 'Smoke obscuration' },
    retention: 'life-safety',
  },
  opticalDensity: {
    type: 'number',
    unit: '1/m',
    min: 0,
    // Where light is weakened to 10⁻¹⁰ within a metre no meter sees a difference any more.
    max: 10,
    usualGapMs,
    title: { 'zh-CN': '光密度', en: 'Optical density' },
    retention: 'life-safety',
  },
  temperature: {
    type: 'number',
    unit: '°C',
    min: -60,
    // Thermocouples in a room after flashover read up to about 1,200 °C.
    max: 1500,
    usualGapMs,
    title: { 'zh-CN': '温度', en: 'Temperature' },
    retention: 'life-safety',
  },
  co: {
    type: 'number',
    unit: 'ppm',
    min: 0,
    max: 100_000,
    usualGapMs,
    title: { 'zh-CN': '一氧化碳', en: 'Carbon monoxide' },
    retention: 'life-safety',
  },
  battery: batteryMetric,
  tamper: { type: 'boolean', unit: '', title: { 'zh-CN': '防拆', en: 'Tamper' }, retention: 'life-safety' },
};
