import type { Rule } from '@sc/contracts';
import { readingImpossible, silent } from '../device-rules.js';

const hour = 3_600_000;
const common = { version: 2, domain: 'parking', certainty: 'observed', enabled: true } as const;

export const rules: Rule[] = [
  {
    ...common,
    id: 'parking-fire-lane-blocked',
    title: { 'zh-CN': '消防通道被占', en: 'Fire lane blocked' },
    guidance: {
      'zh-CN': '有车辆停在消防通道上，消防车无法通过。立即联系车主挪车，派人到场。',
      en: 'A vehicle stands in the fire lane: a fire engine cannot pass. Call its owner and send somebody now.',
    },
    // Quiet is a weak proof that the lane is free, so it counts only after a time in which somebody has long been there.
    condition: {
      kind: 'event',
      raiseOn: ['fire-lane.blocked'],
      clearOn: ['fire-lane.cleared'],
      quietMs: 6 * hour,
    },
    severity: 'severe',
    urgency: 'immediate',
    workOrder: true,
    source: {
      'zh-CN':
        '《中华人民共和国消防法》第二十八条：任何单位、个人不得占用、堵塞、封闭消防车通道。传感器自身会等待一段时间，才把停车判为占用。',
      en: 'Fire Protection Law of China, art. 28: nobody may occupy or block a fire lane. The sensor waits by itself before it calls a stop a blockage.',
    },
  },
  {
    ...common,
    id: 'parking-lot-full',
    title: { 'zh-CN': '停车场已满', en: 'Car park full' },
    guidance: {
      'zh-CN': '停车场已满。引导车辆前往其他停车场，留意占道停车。',
      en: 'The car park is full. Send vehicles elsewhere and watch for cars left in the lanes.',
    },
    condition: {
      kind: 'threshold',
      metric: 'occupied',
      of: 'capacity',
      direction: 'above',
      raiseAt: 0.98,
      clearAt: 0.95,
      onDelayMs: 0,
      offDelayMs: 0,
      maxGapMs: hour,
    },
    severity: 'minor',
    urgency: 'expected',
    workOrder: false,
    source: {
      'zh-CN':
        '自定：计数器偶有漏计，停满时也可能显示一两个空位；最后几个车位往往已有车正在驶入。恢复阈值 0.95 留出余量。',
      en: 'Our own choice: counters miss a car now and then, so a full lot may show a space or two; the last places are taken by cars that are still driving to them. 0.95 leaves room to call it free again.',
    },
  },
  readingImpossible('parking', 'minor', 2 * hour),
  {
    ...common,
    id: 'parking-late',
    title: { 'zh-CN': '停车数据中断', en: 'Parking data missing' },
    guidance: {
      'zh-CN': '设备两小时没有上报，显示的车位数可能已过时。暂时无需派人。',
      en: 'No report for two hours: the number of free spaces may be out of date. Nobody needs to go yet.',
    },
    condition: { kind: 'silence', afterMs: 2 * hour },
    severity: 'minor',
    urgency: 'future',
    workOrder: false,
    source: {
      'zh-CN': '自定：停车场至少每半小时上报一次（伯明翰等地公开数据），车位传感器至少每小时一次；相当于漏报两到四次。',
      en: 'Our own choice: lots report at least every half hour (the public data of Birmingham and others), bay sensors at least hourly; two to four missed reports.',
    },
  },
  silent('parking', 26 * hour, 'moderate', {
    'zh-CN': '自定：有的道闸夜间断电；超过一整天没有上报即为故障。',
    en: 'Our own choice: some barriers are switched off over night. A whole day and a little more without a report is a defect.',
  }),
];
