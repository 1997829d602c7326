import type { Rule } from '@sc/contracts';
import { batteryLow, silent } from '../device-rules.js';

const minute = 60_000;
const hour = 60 * minute;

const leak: Rule = {
  id: 'water-leak',
  version: 1,
  domain: 'water',
  title: { 'zh-CN': '漏水报警', en: 'Water leak' },
  guidance: {
    'zh-CN': '检测到积水。联系住户并派人关闭阀门，检查楼下；水接近电器时先断电。',
    en: 'Water stands where none should be. Call the household, have the valve shut, look at the flat below; cut the power first where water is near it.',
  },
  // Drops between the contacts come and go while it runs: over only when dry for a while.
  condition: {
    kind: 'threshold',
    metric: 'leak',
    direction: 'above',
    raiseAt: 1,
    clearAt: 1,
    onDelayMs: 0,
    offDelayMs: 10 * minute,
    maxGapMs: 26 * hour,
  },
  severity: 'severe',
  urgency: 'immediate',
  certainty: 'likely',
  workOrder: true,
  enabled: true,
  source:
    'Our own choice: a contact sensor says wet or dry and nothing between; every minute of a leak costs a ceiling.',
};

export const rules: Rule[] = [
  leak,
  batteryLow('water'),
  silent(
    'water',
    26 * hour,
    'minor',
    'Zigbee2MQTT calls a sleeping battery device away after 25 h; leak sensors that nothing wakes report hourly to daily.',
  ),
];
