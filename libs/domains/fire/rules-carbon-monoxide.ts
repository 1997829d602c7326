import type { Rule, Text } from '@sc/contracts';

const minute = 60_000;
const source = (level: Text): Text => ({
  'zh-CN': `EN 50291-1（家用一氧化碳报警器）：${level['zh-CN']}，取时间下限。低于 30 ppm 恢复，标准规定此浓度 120 分钟内不得报警。`,
  en: `EN 50291-1 (carbon monoxide alarms in homes): ${level.en}. Taken at the early end. Clears below 30 ppm, where the standard forbids an alarm within 120 min.`,
});

const rule = (ppm: number, afterMs: number, severity: Rule['severity'], title: Text, level: Text): Rule => ({
  id: `fire-co-${ppm}`,
  version: 2,
  domain: 'fire',
  title,
  guidance: {
    'zh-CN': '一氧化碳超标。通知住户开窗、关闭燃气并撤离；头痛恶心者拨打 120。派人核查，勿开关电器。',
    en: 'Carbon monoxide is too high. Tell the household to open windows, turn off the gas and leave; 120 for headache or sickness. Send somebody; touch no switches.',
  },
  condition: {
    kind: 'threshold',
    metric: 'co',
    direction: 'above',
    raiseAt: ppm,
    clearAt: 30,
    onDelayMs: afterMs,
    offDelayMs: 5 * minute,
    maxGapMs: 10 * minute,
  },
  severity,
  urgency: 'immediate',
  certainty: 'likely',
  workOrder: true,
  enabled: true,
  source: source(level),
});

/** Carbon monoxide harms by dose, so a low level counts only after a while. */
export const carbonMonoxideRules: Rule[] = [
  rule(
    300,
    minute,
    'extreme',
    { 'zh-CN': '一氧化碳危险', en: 'Carbon monoxide, dangerous' },
    { 'zh-CN': '300 ppm 须在 3 分钟内报警', en: '300 ppm within 3 min' },
  ),
  rule(
    100,
    10 * minute,
    'severe',
    { 'zh-CN': '一氧化碳偏高', en: 'Carbon monoxide, high' },
    { 'zh-CN': '100 ppm 须在 10–40 分钟后报警', en: '100 ppm after 10–40 min' },
  ),
  rule(
    50,
    60 * minute,
    'severe',
    { 'zh-CN': '一氧化碳持续', en: 'Carbon monoxide, lasting' },
    { 'zh-CN': '50 ppm 须在 60–90 分钟后报警', en: '50 ppm after 60–90 min' },
  ),
];
