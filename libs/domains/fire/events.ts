import type { Domain } from '@sc/contracts';

export const events: Domain['events'] = {
  'smoke.alarm': { title: { 'zh-CN': '烟感报警', en: 'Smoke alarm sounding' } },
  'smoke.cleared': { title: { 'zh-CN': '烟感报警解除', en: 'Smoke alarm ended' } },
  fault: { title: { 'zh-CN': '设备故障', en: 'Device fault' } },
  test: { title: { 'zh-CN': '设备自检', en: 'Device test' } },
  'sos.pressed': { title: { 'zh-CN': '一键求助', en: 'Emergency button pressed' } },
};
