import type { Rule } from '@sc/contracts';
import { batteryLow, readingImpossible, silent } from '../device-rules.js';

const minute = 60_000;
const hour = 60 * minute;
const common = { version: 2, domain: 'sanitation', workOrder: true, enabled: true } as const;

export const rules: Rule[] = [
  {
    ...common,
    id: 'sanitation-bin-burning',
    title: { 'zh-CN': '垃圾桶起火', en: 'Bin burning' },
    guidance: {
      'zh-CN': '垃圾桶内温度达到起火级别。查看附近监控，派人携带灭火器到场；火势蔓延拨打 119。',
      en: 'It is as hot in the bin as in a fire. Look at the cameras nearby, send somebody with an extinguisher; 119 when it spreads.',
    },
    condition: {
      kind: 'threshold',
      metric: 'temperature',
      direction: 'above',
      raiseAt: 70,
      clearAt: 60,
      onDelayMs: 0,
      offDelayMs: 5 * minute,
      maxGapMs: 6 * hour,
    },
    severity: 'extreme',
    urgency: 'immediate',
    certainty: 'likely',
    source: {
      'zh-CN': 'EN 54-5 B 级：正常使用不超过 65 °C 时，静态响应温度为 69–85 °C；夏日暴晒下的深色垃圾桶接近 60 °C。',
      en: 'EN 54-5 class B: static response 69–85 °C where up to 65 °C are normal: a dark bin in the summer sun comes near 60 °C.',
    },
  },
  {
    ...common,
    id: 'sanitation-bin-full',
    title: { 'zh-CN': '垃圾桶将满', en: 'Bin full' },
    guidance: {
      'zh-CN': '垃圾桶将满，数小时内可能外溢。安排清运。',
      en: 'The bin is nearly full and may overflow within hours. Have it emptied.',
    },
    // One reading is enough: bins report every few hours. Only an emptied bin falls below 50, settling litter does not.
    condition: {
      kind: 'threshold',
      metric: 'fillPercent',
      direction: 'above',
      raiseAt: 85,
      clearAt: 50,
      onDelayMs: 0,
      offDelayMs: 0,
      maxGapMs: 26 * hour,
    },
    severity: 'moderate',
    urgency: 'expected',
    certainty: 'observed',
    source: {
      'zh-CN':
        '爱丁堡 4,971 次垃圾桶清运记录（2016 年，Open Government Licence）：从 85% 起，半数在 8 小时内装满，十分之一在 4 小时内装满，一个班次足够到场；半数在 82% 之前已清运，因此日常清运不会触发。',
      en: '4,971 collections of litter bins in Edinburgh (2016, Open Government Licence): from 85 % half of the bins are full within 8 h, one in ten within 4 h, so a shift is enough to come; half of the bins were emptied before 82 %, so ordinary rounds raise nothing.',
    },
  },
  {
    ...common,
    id: 'sanitation-bin-tilted',
    title: { 'zh-CN': '垃圾桶倾倒', en: 'Bin tilted' },
    guidance: {
      'zh-CN': '垃圾桶倾斜或倒地。派人扶正并清理散落垃圾。',
      en: 'The bin leans or lies on the ground. Have it put up and the litter gathered.',
    },
    // A lorry tips it too, for less than a minute.
    condition: {
      kind: 'threshold',
      metric: 'tilt',
      direction: 'above',
      raiseAt: 45,
      clearAt: 20,
      onDelayMs: minute,
      offDelayMs: minute,
      maxGapMs: 26 * hour,
    },
    severity: 'minor',
    urgency: 'expected',
    certainty: 'observed',
    source: {
      'zh-CN': '自定：倾斜到 45° 垃圾会洒出，桶也不会自行立起；20° 只是停在路沿上。',
      en: 'Our own choice: at 45° a bin spills and does not come up again by itself; 20° is a bin on a kerb.',
    },
  },
  batteryLow('sanitation'),
  readingImpossible('sanitation', 'minor', 26 * hour),
  silent('sanitation', 26 * hour, 'minor', {
    'zh-CN': '自定：垃圾桶传感器一节电池用数年，最少一天只上报一次。',
    en: 'Our own choice: sensors in bins live for years on one battery and report as seldom as once a day.',
  }),
];
