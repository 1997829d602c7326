import type { Rule } from '@sc/contracts';

const hour = 3_600_000;
const common = { version: 2, domain: 'sanitation', enabled: true } as const;

/** What the level of a bin tells beyond that it is full. */
export const levelRules: Rule[] = [
  {
    ...common,
    id: 'sanitation-bin-full-soon',
    title: { 'zh-CN': '垃圾桶即将装满', en: 'Bin full soon' },
    guidance: {
      'zh-CN': '按目前速度，垃圾桶数小时内装满。可将其列入本班次清运路线。',
      en: 'At this pace the bin is full within hours. Put it on the round of this shift.',
    },
    // The level of the rule `sanitation-bin-full`, whose alarm takes over from there.
    condition: {
      kind: 'forecast',
      metric: 'fillPercent',
      direction: 'rising',
      level: 85,
      horizonMs: 4 * hour,
      clearBeyondMs: 12 * hour,
      windowMs: 24 * hour,
      minSpanMs: 8 * hour,
      minReadings: 3,
      resetBy: 25,
      maxGapMs: 26 * hour,
    },
    severity: 'minor',
    urgency: 'future',
    certainty: 'possible',
    workOrder: false,
    source: {
      'zh-CN':
        '爱丁堡 4,971 次垃圾桶清运记录（2016 年，Open Government Licence），假定两次清运之间匀速装满：88% 的满桶被预测到，提前量中位数四小时；79% 的预测成真，其余在装满前已清运。',
      en: '4,971 collections of litter bins in Edinburgh (2016, Open Government Licence), each filling evenly between two: 88 % of the full bins were foretold, four hours ahead in the middle; 79 % of the forecasts came true, the others were emptied before.',
    },
  },
  {
    ...common,
    id: 'sanitation-level-stuck',
    title: { 'zh-CN': '满溢度不变', en: 'Fill level stands still' },
    guidance: {
      'zh-CN': '一周来上报的满溢度没有任何变化：传感器可能被遮挡或失灵，也可能无人使用该桶。下次清运时检查。',
      en: 'For a week the bin has reported the same level: its sensor is covered or frozen, or nobody uses the bin. Have a look with the next round.',
    },
    condition: { kind: 'stuck', metric: 'fillPercent', tolerance: 0, forMs: 7 * 24 * hour, maxGapMs: 26 * hour },
    severity: 'minor',
    urgency: 'future',
    certainty: 'possible',
    workOrder: true,
    source: {
      'zh-CN': '自定：爱丁堡没有一个垃圾桶的满溢度两天不变；一周相当于四轮清运。',
      en: 'Our own choice: none of the bins in Edinburgh kept its level for two days; a week is four rounds.',
    },
  },
];
