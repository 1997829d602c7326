import type { HandoverAction, HandoverState, Text } from '@sc/contracts';

/** What this feature answers instead of doing what it was asked. */
export const refusals = {
  noHandover: { en: 'no such hand-over', 'zh-CN': '没有这份交接班记录' },
  noTeamOfTheirs: { en: 'no such team of theirs', 'zh-CN': '您不在这个班组中' },
  noneOfTheirs: { en: 'none of theirs', 'zh-CN': '不是您所在的班组' },
  notForThem: (action: HandoverAction): Text => ({
    en: `not for them to ${action}`,
    'zh-CN': `您无权执行“${actions[action]}”`,
  }),
  otherVersion: (there: number, basedOn: number): Text => ({
    en: `version ${there} is there by now, not ${basedOn}`,
    'zh-CN': `内容已更新到第 ${there} 版，您看到的是第 ${basedOn} 版，请先阅读`,
  }),
  itIs: (state: HandoverState): Text => ({
    en: `it is ${state}`,
    'zh-CN': `交接班当前的状态是“${states[state]}”`,
  }),
  sayWhy: { en: 'say why', 'zh-CN': '请说明原因' },
  nameReceiver: { en: 'name who receives it', 'zh-CN': '请选择接班人' },
  toThemselves: { en: 'nobody hands over to themselves', 'zh-CN': '不能交班给自己' },
  seesTooLittle: {
    en: 'does not watch over all of this area',
    'zh-CN': '该人员的管辖范围不包含整个区域，不能接班',
  },
  notOfDesk: { en: 'is not of this desk', 'zh-CN': '不属于这个值班室' },

  noRemark: { en: 'no such remark', 'zh-CN': '没有这条备注' },
  tooManyRemarks: { en: 'too many remarks', 'zh-CN': '备注过多' },
  remarkOfOther: { en: 'only who wrote it changes it', 'zh-CN': '只有填写人可以修改此备注' },
  standsNoMore: { en: 'it stands no more', 'zh-CN': '该事项已了结' },
  notThere: { en: 'not there', 'zh-CN': '不在未了事项中' },
} as const satisfies Record<string, Text | ((...values: never[]) => Text)>;

const actions: Record<HandoverAction, string> = {
  'hand-over': '交班',
  recall: '撤回',
  return: '退回',
  accept: '接班',
  discard: '作废',
};

const states: Record<HandoverState, string> = {
  draft: '填写中',
  'handed-over': '已交班，待接班',
  returned: '已退回',
  accepted: '已接班',
  discarded: '已作废',
};
