import type { Rule } from '@sc/contracts';

const minute = 60_000;
const hour = 60 * minute;
const common = { version: 2, domain: 'parking', enabled: true } as const;

/** What the counter of a car park tells beyond how many stand in it. */
export const lotRules: Rule[] = [
  {
    ...common,
    id: 'parking-lot-full-soon',
    title: { 'zh-CN': '停车场即将停满', en: 'Car park full soon' },
    guidance: {
      'zh-CN': '按目前速度，停车场半小时左右停满。提前引导车辆前往其他停车场。',
      en: 'At this pace the car park is full in about half an hour. Begin to send vehicles elsewhere.',
    },
    condition: {
      kind: 'forecast',
      metric: 'occupied',
      of: 'capacity',
      direction: 'rising',
      level: 0.98,
      horizonMs: 30 * minute,
      clearBeyondMs: 90 * minute,
      windowMs: 90 * minute,
      minSpanMs: 55 * minute,
      minReadings: 3,
      resetBy: 0.3,
      maxGapMs: 75 * minute,
    },
    severity: 'minor',
    urgency: 'expected',
    certainty: 'possible',
    workOrder: false,
    source: {
      'zh-CN':
        '伯明翰 15 个停车场十一周的半小时数据（Open Government Licence）：共 132 次预测，平均每个停车场九天一次；69% 在两小时内停满，97% 至少停到 94%。',
      en: '15 car parks of Birmingham, eleven weeks, half-hourly (Open Government Licence): 132 forecasts, one in nine days and car park; 69 % were full within two hours, 97 % at least 94 % full.',
    },
  },
  {
    ...common,
    id: 'parking-counter-stuck',
    title: { 'zh-CN': '车位计数不变', en: 'Car park counter stands still' },
    guidance: {
      'zh-CN': '两天来上报的占用数没有任何变化。核对车位计数器和出入口检测；若停车场确实封闭，可关闭此规则。',
      en: 'For two days the counter has reported the same number. Check the counter and the detectors at entry and exit; if the car park is closed, switch the rule off for it.',
    },
    condition: { kind: 'stuck', metric: 'occupied', tolerance: 0, forMs: 48 * hour, maxGapMs: 3 * hour },
    severity: 'minor',
    urgency: 'future',
    certainty: 'likely',
    workOrder: true,
    source: {
      'zh-CN': '自定：伯明翰 15 个停车场在开放期间没有一个半天不变；节假日时小停车场可能一整天不变。',
      en: 'Our own choice: none of the 15 car parks of Birmingham stood still for half a day while it was open; over a holiday a small one may for a day.',
    },
  },
  {
    ...common,
    id: 'parking-unusual',
    title: { 'zh-CN': '停车数量异常', en: 'Unusual number of cars' },
    guidance: {
      'zh-CN':
        '此时段的停车数量与平时明显不同。评分从 0 到 1：0.5 值得查看，越接近 1 越少见。查看是否有活动、封路或计数器故障；如属正常可忽略，系统会逐渐适应。',
      en: 'The number of cars is far from what it usually is at this hour. The score goes from 0 to 1: 0.5 is worth a look, the closer to 1 the rarer. See whether there is an event, a closed road or a broken counter; if all is well leave it, the platform gets used to it.',
    },
    condition: {
      kind: 'baseline',
      metric: 'occupied',
      direction: 'both',
      raiseAt: 0.5,
      clearAt: 0.3,
      onDelayMs: 0,
      offDelayMs: 2 * hour,
      maxGapMs: 3 * hour,
      learnMs: 14 * 24 * hour,
    },
    severity: 'minor',
    urgency: 'future',
    certainty: 'possible',
    workOrder: false,
    // Of single bays it would judge each car that comes; switch it on for the counters of car parks.
    enabled: false,
    source: {
      'zh-CN':
        '伯明翰 15 个停车场十一周的半小时数据（Open Government Licence）：学习两周后共 27 次，平均每个停车场 33 天一次，其中 17 次集中在五天（10 月 23 日，11 月 13、19、20、26 日），多个停车场同时出现。',
      en: '15 car parks of Birmingham, eleven weeks, half-hourly (Open Government Licence): after two weeks of learning 27 begins, one in 33 days and car park, 17 of them on five days (23 October, 13, 19, 20 and 26 November) on several car parks at once.',
    },
  },
];
