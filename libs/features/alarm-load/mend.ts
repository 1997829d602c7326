import { type MendCode, readingRefusedEvent, type Rule, type Text } from '@sc/contracts';
import type { Pair } from './load-meter.js';

export const mendTexts: Readonly<Record<MendCode, Text>> = {
  'raise-deadband': {
    'zh-CN': '读数在阈值附近来回波动：拉开报警值与恢复值的差距（回差）。',
    en: 'The reading hovers at the level: put raise level and clear level further apart (deadband).',
  },
  'add-off-delay': {
    'zh-CN': '条件时断时续：设置恢复延时或静默时间，让一次事件只报一次。',
    en: 'The condition comes and goes: give it an off-delay or a time of quiet, so that one event is told once.',
  },
  'check-sensor': {
    'zh-CN': '检查设备本身：供电、电池、信号和传感器。',
    en: 'Look at the device itself: power, battery, radio, sensor.',
  },
  'check-mounting': {
    'zh-CN': '同一规则在其他设备上正常：检查这台设备的安装位置和周围环境。',
    en: 'The rule is right elsewhere: look at where this device is mounted and what is around it.',
  },
  'raise-level': {
    'zh-CN': '多台设备误报：该规则过于敏感，先回测再调整阈值或延时。',
    en: 'Several devices tell it wrongly: the rule is too sensitive; try another level or delay on history, then change it.',
  },
  'lower-severity': {
    'zh-CN': '级别高却不需要派人：降低级别，让真正紧急的告警更醒目。',
    en: 'Grave by its severity, yet nobody is asked to go: lower the severity so that real emergencies stand out.',
  },
  'review-rule': {
    'zh-CN': '没有突出原因：先判定其告警真伪，再确认每一条是否都需要值班员处置。',
    en: 'No cause stands out: judge its alarms true or false first, then see whether each of them needs a response.',
  },
};

/** Fewer judgements than this may be chance. */
const enoughJudged = 3;

/** What a rule says on other devices than this one. */
export interface Elsewhere {
  judgedTrue: number;
  judgedFalse: number;
}

/** What to mend first where a rule on a device tells too much. @param rule `undefined` when it cannot be read any more */
export function mendOf(pair: Pair, rule: Rule | undefined, elsewhere: Elsewhere): MendCode {
  const condition = rule?.condition;
  const { judged } = pair;
  if (condition?.kind === 'silence') return 'check-sensor';
  if (condition?.kind === 'event' && condition.raiseOn.includes(readingRefusedEvent)) return 'check-sensor';
  if (pair.chattered > 0)
    return condition?.kind === 'threshold' && condition.offDelayMs > 0 ? 'raise-deadband' : 'add-off-delay';
  const wrong = judged.false / (judged.true + judged.false);
  if (judged.true + judged.false >= enoughJudged && wrong >= 0.5) {
    const others = elsewhere.judgedTrue + elsewhere.judgedFalse;
    return others > 0 && elsewhere.judgedFalse / others < 0.5 ? 'check-mounting' : 'raise-level';
  }
  if (rule && !rule.workOrder && pair.severe > 0) return 'lower-severity';
  return 'review-rule';
}
