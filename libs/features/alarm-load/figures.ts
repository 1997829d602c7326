import type { LoadFigure, LoadFigureCode } from '@sc/contracts';
import { bucketMs, type LoadCount } from './load-meter.js';

type Definition = Omit<LoadFigure, 'code' | 'value' | 'met'>;

const eemua = 'EEMUA 191 / ISA-18.2';

/** Each figure with what it means and what it should be. */
export const loadFigures: Readonly<Record<LoadFigureCode, Definition>> = {
  'average-rate': {
    title: { 'zh-CN': '平均告警率', en: 'Average rate' },
    definition: {
      'zh-CN': '每 10 分钟告知值班员的告警数，按整个时段平均。约 2 条是能处理的上限。',
      en: 'Alarms told to the operator per 10 minutes, over the whole range. About 2 is the most that is manageable.',
    },
    unit: 'per-10-min',
    target: { is: 'below', value: 1 },
    source: eemua,
  },
  'peak-rate': {
    title: { 'zh-CN': '最高告警率', en: 'Peak rate' },
    definition: {
      'zh-CN': '从时段起点每 10 分钟为一格，告警最多的一格。',
      en: 'The fullest of the ten-minute slots that begin with the range.',
    },
    unit: 'per-10-min',
    target: { is: 'at-most', value: 10 },
    source: eemua,
  },
  'flood-share': {
    title: { 'zh-CN': '洪泛时间占比', en: 'Time in flood' },
    definition: {
      'zh-CN': '10 分钟内超过 10 条起，至 10 分钟内少于 5 条止，占整个时段的比例。',
      en: 'From more than 10 alarms within 10 minutes until fewer than 5 within 10 minutes, as a share of the range.',
    },
    unit: 'share',
    target: { is: 'below', value: 0.01 },
    source: eemua,
  },
  chattering: {
    title: { 'zh-CN': '抖动告警', en: 'Chattering' },
    definition: {
      'zh-CN': '一分钟内告知 3 次及以上的（规则、设备）数。',
      en: 'Pairs of rule and device that were told three times or more within a minute.',
    },
    unit: 'count',
    target: { is: 'at-most', value: 0 },
    source: eemua,
  },
  stale: {
    title: { 'zh-CN': '陈旧告警', en: 'Stale' },
    definition: {
      'zh-CN': '时段结束时条件已持续超过 24 小时、仍在显示的告警数。',
      en: 'Alarms shown at the end of the range whose condition has held for more than 24 hours.',
    },
    unit: 'count',
    target: { is: 'below', value: 5 },
    source: eemua,
  },
  'priority-high': {
    title: { 'zh-CN': '高优先级占比', en: 'High priority' },
    definition: { 'zh-CN': '特别严重和严重告警所占比例。', en: 'Share of extreme and severe alarms.' },
    unit: 'share',
    target: { is: 'at-most', value: 0.05 },
    source: 'ISA-18.2 16.4.9',
  },
  'priority-medium': {
    title: { 'zh-CN': '中优先级占比', en: 'Medium priority' },
    definition: { 'zh-CN': '中等告警所占比例。', en: 'Share of moderate alarms.' },
    unit: 'share',
    target: { is: 'at-most', value: 0.15 },
    source: 'ISA-18.2 16.4.9',
  },
  'priority-low': {
    title: { 'zh-CN': '低优先级占比', en: 'Low priority' },
    definition: { 'zh-CN': '轻微和未知告警所占比例。', en: 'Share of minor and unknown alarms.' },
    unit: 'share',
    target: { is: 'at-least', value: 0.8 },
    source: 'ISA-18.2 16.4.9',
  },
  'false-share': {
    title: { 'zh-CN': '误报率', en: 'False share' },
    definition: {
      'zh-CN': '被判为误报的告警 ÷ 被判为真实或误报的告警；测试不计。',
      en: 'Alarms judged false ÷ alarms judged true or false; tests do not count.',
    },
    unit: 'share',
    target: null,
    source: null,
  },
  precision: {
    title: { 'zh-CN': '准确率', en: 'Precision' },
    definition: {
      'zh-CN': '被判为真实的告警 ÷ 被判为真实或误报的告警。',
      en: 'Alarms judged true ÷ alarms judged true or false.',
    },
    unit: 'share',
    target: null,
    source: null,
  },
  'acknowledge-mean': {
    title: { 'zh-CN': '平均确认用时', en: 'Mean time to acknowledge' },
    definition: {
      'zh-CN': '从告知到有人确认，时段内已确认告警的平均值。',
      en: 'From telling to acknowledging, mean of the alarms acknowledged in the range.',
    },
    unit: 'seconds',
    target: null,
    source: null,
  },
  'acknowledge-p90': {
    title: { 'zh-CN': '确认用时 P90', en: 'Time to acknowledge, p90' },
    definition: {
      'zh-CN': '十分之九的已确认告警在此时间内被确认。',
      en: 'Nine of ten acknowledged alarms were acknowledged within this time.',
    },
    unit: 'seconds',
    target: null,
    source: null,
  },
  'not-acknowledged': {
    title: { 'zh-CN': '未确认', en: 'Not acknowledged' },
    definition: {
      'zh-CN': '时段内告知、至时段结束无人确认的告警数。',
      en: 'Alarms told in the range that nobody had acknowledged at its end.',
    },
    unit: 'count',
    target: null,
    source: null,
  },
};

const shareOf = (part: number, all: number): number | null => (all > 0 ? part / all : null);

/** Nearest rank: the smallest value that nine of ten do not exceed. @param sorted shortest first */
export function p90(sorted: Float64Array): number | null {
  return sorted[Math.ceil(sorted.length * 0.9) - 1] ?? null;
}

/** The figures of a range against their targets. */
export function figuresOf(count: LoadCount, { rangeMs, stale }: { rangeMs: number; stale: number }): LoadFigure[] {
  const { alarms, bySeverity: by, judged, waits } = count;
  const seconds = (ms: number | null) => (ms === null ? null : ms / 1000);
  const values: Record<LoadFigureCode, number | null> = {
    'average-rate': alarms / (rangeMs / bucketMs),
    'peak-rate': Math.max(0, ...count.buckets),
    'flood-share': count.floods.reduce((sum, { from, to }) => sum + to - from, 0) / rangeMs,
    chattering: count.pairs.filter(({ chattered }) => chattered > 0).length,
    stale,
    'priority-high': shareOf((by.extreme ?? 0) + (by.severe ?? 0), alarms),
    'priority-medium': shareOf(by.moderate ?? 0, alarms),
    'priority-low': shareOf((by.minor ?? 0) + (by.unknown ?? 0), alarms),
    'false-share': shareOf(judged.false, judged.true + judged.false),
    precision: shareOf(judged.true, judged.true + judged.false),
    'acknowledge-mean': seconds(waits.length ? waits.reduce((sum, wait) => sum + wait, 0) / waits.length : null),
    'acknowledge-p90': seconds(p90(waits)),
    'not-acknowledged': count.notSeen,
  };
  return (Object.keys(loadFigures) as LoadFigureCode[]).map((code) => {
    const value = values[code];
    const { target } = loadFigures[code];
    return { code, ...loadFigures[code], value, met: value === null || !target ? null : isMet(value, target) };
  });
}

function isMet(value: number, { is, value: bound }: NonNullable<LoadFigure['target']>): boolean {
  if (is === 'below') return value < bound;
  return is === 'at-most' ? value <= bound : value >= bound;
}
