import type { Rule } from '@sc/contracts';
import { batteryLow } from '../device-rules.js';

const minute = 60_000;
const hour = 60 * minute;
const common = { version: 2, domain: 'fire', certainty: 'observed', workOrder: true, enabled: true } as const;

/** A detector that does not work does not warn: somebody has to come, though nothing burns. */
export const deviceRules: Rule[] = [
  {
    ...common,
    id: 'fire-fault',
    title: { 'zh-CN': '设备故障', en: 'Device fault' },
    guidance: {
      'zh-CN': '探测器报告故障，可能不再报警。安排检修或更换。',
      en: 'The detector reports a fault and may no longer warn. Have it repaired or replaced.',
    },
    condition: { kind: 'event', raiseOn: ['fault'], clearOn: [] },
    severity: 'moderate',
    urgency: 'expected',
    source: {
      'zh-CN': 'EN 54-2 第 8 章：故障与火警分开报告。接口协议中没有表示故障结束的事件，因此由人员解除。',
      en: 'EN 54-2 §8: faults are signalled apart from fire alarms. No event of the contract ends a fault, so a person does.',
    },
  },
  {
    ...common,
    id: 'fire-tamper',
    title: { 'zh-CN': '设备被拆动', en: 'Device tampered with' },
    guidance: {
      'zh-CN': '探测器外壳被打开或移位。核查是否有人破坏。',
      en: 'The housing was opened or the device moved. See whether somebody disabled it.',
    },
    condition: {
      kind: 'threshold',
      metric: 'tamper',
      direction: 'above',
      raiseAt: 1,
      clearAt: 1,
      onDelayMs: 0,
      offDelayMs: minute,
      maxGapMs: hour,
    },
    severity: 'moderate',
    urgency: 'expected',
    source: {
      'zh-CN': '自定：从天花板取下的探测器不再起保护作用，但也可能是保洁人员所为。真值按 1 计。',
      en: 'Our own choice: a detector taken off the ceiling protects nobody, but a cleaner may have done it. True counts as 1.',
    },
  },
  {
    ...batteryLow('fire'),
    source: {
      'zh-CN': 'EN 14604：低电量告警时至少还能工作 30 天；多年电池的 15% 多于此。',
      en: 'EN 14604: low-battery warning while at least 30 days of operation are left; 15 % of a multi-year battery is more than that.',
    },
  },
  {
    ...common,
    id: 'fire-silent',
    title: { 'zh-CN': '设备失联', en: 'Device silent' },
    guidance: {
      'zh-CN': '探测器已无数据，该处没有消防监测。检查电源和网络。',
      en: 'The detector sends nothing: nobody watches this place for fire. Check power and network.',
    },
    condition: { kind: 'silence', afterMs: 10 * minute },
    severity: 'moderate',
    urgency: 'expected',
    source: {
      'zh-CN':
        'EN 54-25 要求 300 秒内报告无线链路中断；再留同样长的时间等路由器或供电恢复，之后才派人。按每分钟上报一次，相当于漏报十次。',
      en: 'EN 54-25 has a lost radio link signalled within 300 s; as long again is left for a router or a power cut to heal before a person is sent. At one report a minute it is ten missed reports.',
    },
  },
];
