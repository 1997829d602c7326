import type { Text } from '@sc/contracts';
import type { PersonsMove } from './persons-moves.js';

/** What this feature answers instead of doing what it was asked. */
export const refusals = {
  cannotBeMoved: (action: PersonsMove['action']): Text => ({
    en: `an alarm in this state cannot be moved by ${action}`,
    'zh-CN': `此告警当前的状态不能${moves[action]}`,
  }),
  noRightsThere: {
    en: 'this person has no rights at the place of the alarm',
    'zh-CN': '该人员无权处理此处的告警',
  },
  chooseWithRights: {
    en: 'choose somebody whose area holds the place of the alarm',
    'zh-CN': '请选择管辖范围包含告警所在位置的人员',
  },
  shelvedLongEnough: (minutes: number): Text => ({
    en: `an alarm of this severity may be shelved for ${minutes} minutes more`,
    'zh-CN': minutes === 0 ? '此告警不能再搁置' : `此级别的告警最多还可搁置 ${minutes} 分钟`,
  }),
  mostMinutes: (minutes: number): Text =>
    minutes === 0
      ? { en: 'it may not be shelved', 'zh-CN': '此告警不能再搁置' }
      : { en: `at most ${minutes}`, 'zh-CN': `最多 ${minutes} 分钟` },

  noWindow: { en: 'no such window in your area', 'zh-CN': '您的管辖范围内没有这个维护窗口' },
  noDevice: { en: 'no such device in your area', 'zh-CN': '您的管辖范围内没有这台设备' },
  beginsInPast: { en: 'it begins in the past', 'zh-CN': '开始时间已过' },
  beginsTooLate: { en: 'it begins more than 90 days ahead', 'zh-CN': '开始时间在 90 天以后，最多提前 90 天计划' },
  isLater: { en: 'is later', 'zh-CN': '须晚于开始时间' },
  notLifeSafety: {
    en: 'your role may not silence alarms of life safety',
    'zh-CN': '您的角色不能静默生命安全告警',
  },
  mostHours: (hours: number): Text => ({
    en: `at most ${hours} hours for your role`,
    'zh-CN': `您的角色最多 ${hours} 小时`,
  }),

  noRuleOfDevice: { en: 'no such rule for this device', 'zh-CN': '该设备没有这条规则' },
  outAlready: { en: 'this is out of service already', 'zh-CN': '已处于停用状态' },
  notOut: {
    en: 'nothing of that is out of service in your area',
    'zh-CN': '您的管辖范围内没有这项停用',
  },
} as const satisfies Record<string, Text | ((...values: never[]) => Text)>;

const moves: Record<PersonsMove['action'], string> = {
  acknowledge: '确认',
  resolve: '解除',
  comment: '添加备注',
  assign: '更改负责人',
  shelve: '搁置',
  unshelve: '结束搁置',
  judge: '判定',
};
