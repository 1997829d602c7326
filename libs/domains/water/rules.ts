import type { Rule } from '@sc/contracts';
import { batteryLow, silent } from '../device-rules.js';

const minute = 60_000;
const hour = 60 * minute;

const leak: Rule = {
  id: 'water-leak',
  version: 2,
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
  source: {
    'zh-CN': '自定：接触式传感器只有湿与干两种状态；漏水每多一分钟，楼下就多一分损失。',
    en: 'Our own choice: a contact sensor says wet or dry and nothing between; every minute of a leak costs a ceiling.',
  },
};

const burst = {
  version: 2,
  domain: 'water',
  severity: 'severe',
  urgency: 'immediate',
  workOrder: true,
  enabled: true,
} as const;

const pressureFalls: Rule = {
  ...burst,
  id: 'water-pressure-falls',
  title: { 'zh-CN': '水压骤降', en: 'Water pressure falls fast' },
  guidance: {
    'zh-CN': '管网压力两分钟内大幅下降，可能爆管。查看水泵和总阀，派人沿管线查找漏点。',
    en: 'The pressure fell far within two minutes: a pipe may have burst. Look at pumps and main valve, have somebody follow the pipe.',
  },
  condition: {
    kind: 'rate',
    metric: 'pressure',
    direction: 'falling',
    windowMs: 2 * minute,
    raiseAt: 50,
    clearAt: 5,
    onDelayMs: 0,
    offDelayMs: 10 * minute,
    maxGapMs: 10 * minute,
  },
  certainty: 'possible',
  source: {
    'zh-CN': '自定：两分钟内下降 100 kPa 相当于十米水柱、三层楼；水泵启停和用水引起的变化只有几十 kPa，数秒内恢复。',
    en: 'Our own choice: 100 kPa within two minutes is ten metres of water, three floors; pumps that switch and taps that open move some tens of kPa and come back within seconds.',
  },
};

const depthRises: Rule = {
  ...burst,
  id: 'water-depth-rises',
  title: { 'zh-CN': '积水快速上涨', en: 'Water rises fast' },
  guidance: {
    'zh-CN': '积水正在快速上涨。确认无人被困，先断电，再查看排水泵和来水，必要时封闭地下空间。',
    en: 'Water is rising fast. See that nobody is trapped, cut the power first, then look at pumps and inflow; close the cellar if need be.',
  },
  condition: {
    kind: 'rate',
    metric: 'depth',
    direction: 'rising',
    windowMs: 10 * minute,
    raiseAt: 0.5,
    clearAt: 0.1,
    onDelayMs: 0,
    offDelayMs: 10 * minute,
    maxGapMs: hour,
  },
  certainty: 'likely',
  source: {
    'zh-CN': '自定：十分钟涨五厘米，一小时内就会淹过插座；渗水集水坑涨到这个程度要一天。',
    en: 'Our own choice: five centimetres in ten minutes stand over a socket within the hour; a pit that fills by seepage takes a day for it.',
  },
};

const pressureUnusual: Rule = {
  id: 'water-pressure-unusual',
  version: 2,
  domain: 'water',
  title: { 'zh-CN': '水压低于平时', en: 'Water pressure lower than usual' },
  guidance: {
    'zh-CN':
      '此时段的管网压力明显低于平时。评分从 0 到 1：0.5 值得查看，越接近 1 越少见。夜间压力偏低常见于漏水；一周内查看用水量、水泵和阀门。',
    en: 'The pressure is far below what it usually is at this hour. The score goes from 0 to 1: 0.5 is worth a look, the closer to 1 the rarer. Low at night often means a leak: within a week look at consumption, pumps and valves.',
  },
  condition: {
    kind: 'baseline',
    metric: 'pressure',
    direction: 'below',
    raiseAt: 0.55,
    clearAt: 0.3,
    onDelayMs: 0,
    offDelayMs: hour,
    maxGapMs: hour,
    learnMs: 14 * 24 * hour,
  },
  severity: 'minor',
  urgency: 'future',
  certainty: 'possible',
  workOrder: false,
  // No data of a real riser was at hand: look at a back-test of your own before it is switched on.
  enabled: false,
  source: {
    'zh-CN': '自定：在 Numenta 基准的标注序列上，检测器在 0.5 时得分最高；见 docs/detection-baseline.md。',
    en: 'Our own choice: the level at which the detector scores best on the labelled series of the Numenta benchmark is 0.5; docs/detection-baseline.md.',
  },
};

export const rules: Rule[] = [
  leak,
  pressureFalls,
  depthRises,
  pressureUnusual,
  batteryLow('water'),
  silent('water', 26 * hour, 'minor', {
    'zh-CN': 'Zigbee2MQTT 在 25 小时后把休眠的电池设备判为离线；没有触发的漏水传感器每小时到每天上报一次。',
    en: 'Zigbee2MQTT calls a sleeping battery device away after 25 h; leak sensors that nothing wakes report hourly to daily.',
  }),
];
