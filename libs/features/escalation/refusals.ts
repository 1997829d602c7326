import type { ChainIssue, Text } from '@sc/contracts';

/** What this feature answers instead of doing what it was asked. */
export const refusals = {
  unfitChain: {
    en: 'this chain would leave an order alone or cannot be followed',
    'zh-CN': '按此升级链，工单可能无人过问，或无法逐步派遣',
  },
  /** What to do about one mistake of a chain. */
  remedy: ({ code, params }: ChainIssue): Text =>
    'minutes' in params
      ? {
          en: `${remedies[code].en} (at most ${params['minutes']} minutes)`,
          'zh-CN': `${remedies[code]['zh-CN']}（最多 ${params['minutes']} 分钟）`,
        }
      : remedies[code],
  asksNobody: { en: 'this chain asks somebody who is not there', 'zh-CN': '升级链中有不存在的人员' },
  mayNotLogIn: {
    en: 'nobody of this id may log in: choose somebody else',
    'zh-CN': '该人员不存在或不能登录，请另选一人',
  },
} as const satisfies Record<string, Text | ((...values: never[]) => Text)>;

/** What is wrong and what to do about it; the console has its own words for each code. */
const remedies: Record<ChainIssue['code'], Text> = {
  'ends-without-managers': {
    en: 'the last step must be the managers, who are reminded until somebody accepts: add it',
    'zh-CN': '最后一步必须是负责人，持续提醒直到有人接单，请在末尾添加',
  },
  'after-managers': {
    en: 'nothing comes after the managers, who are reminded until somebody accepts: move it before them',
    'zh-CN': '负责人会被持续提醒直到有人接单，其后不能再有步骤，请把这一步移到负责人之前',
  },
  'asked-twice': {
    en: 'this chain asks the same people in an earlier step: leave one of them out',
    'zh-CN': '前面的步骤已派给同一批人，请去掉其中一步',
  },
  'person-missing': { en: 'this step asks one person: choose whom', 'zh-CN': '这一步派给指定人员，请选择是谁' },
  'person-not-asked': {
    en: 'only a step that asks one person names one: leave it out',
    'zh-CN': '只有派给指定人员的步骤才填写人员，请去掉',
  },
  'waits-too-long': {
    en: 'this wait is too long for the severity: make it shorter',
    'zh-CN': '此严重程度下等待时间过长，请缩短',
  },
};
