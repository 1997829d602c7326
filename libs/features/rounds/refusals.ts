import type { RoundState, Text } from '@sc/contracts';

/** What this feature answers instead of doing what it was asked. */
export const refusals = {
  noPlan: { en: 'no such plan', 'zh-CN': '没有这个巡检计划' },
  planNotGood: { en: 'the plan cannot be kept like this', 'zh-CN': '计划不能这样保存' },
  tooManyPlans: (most: number): Text => ({
    en: `more than ${most} plans: remove one first`,
    'zh-CN': `巡检计划最多 ${most} 个，请先删除一个`,
  }),
  noPointInPlan: { en: 'no such check point in this plan', 'zh-CN': '该计划中没有这个巡检点' },

  noRound: { en: 'no such round', 'zh-CN': '没有这次巡检' },
  noRoundOfYours: { en: 'no such round of yours', 'zh-CN': '您没有这次巡检任务' },
  roundIs: (state: RoundState): Text => ({ en: `the round is ${state}`, 'zh-CN': `该巡检的状态为“${states[state]}”` }),
  takesOnly: {
    en: 'an officer takes a round, others give it',
    'zh-CN': '网格员只能领取巡检任务，不能指派给他人',
  },
  noOfficerThere: { en: 'no officer of that place', 'zh-CN': '该处没有这位网格员' },

  noSuchCode: { en: 'no check point has this code now', 'zh-CN': '没有巡检点在用此巡检码' },
  noRoundHereNow: {
    en: 'no round of yours comes to this place at this time',
    'zh-CN': '您在这个时间没有经过此处的巡检任务',
  },
  noPointInRound: { en: 'the round has no such check point', 'zh-CN': '该巡检没有这个巡检点' },
  unfitAnswer: (item: string): Text => ({ en: `${item} has no such answer`, 'zh-CN': `检查项 ${item} 不能这样填写` }),
  answeredTwice: (item: string): Text => ({ en: `${item} is answered twice`, 'zh-CN': `检查项 ${item} 填写了两次` }),
  usedBefore: {
    en: 'this requestId was used for other answers',
    'zh-CN': '此 requestId 已用于其他填写',
  },
  tooManyAnswers: { en: 'too many answers in this round', 'zh-CN': '该巡检的填写次数过多' },
  tooManyScans: { en: 'too many scans in this round', 'zh-CN': '该巡检的扫码次数过多' },

  cancelled: { en: 'the round was cancelled', 'zh-CN': '该巡检已取消' },
  stillToCome: { en: 'this time is still to come', 'zh-CN': '所报时间尚未到来' },
  notBegun: { en: 'the round had not begun', 'zh-CN': '当时巡检尚未开始' },
  over: { en: 'the time of the round was over', 'zh-CN': '当时巡检已经超时' },
  tooLate: { en: 'this came too long after the round', 'zh-CN': '巡检截止过久，不再接收' },
} as const satisfies Record<string, Text | ((...values: never[]) => Text)>;

const states: Record<RoundState, string> = {
  planned: '待巡检',
  started: '进行中',
  done: '已完成',
  missed: '漏检',
  cancelled: '已取消',
};
