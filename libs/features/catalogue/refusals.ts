import type { Text } from '@sc/contracts';

/** What this feature answers instead of doing what it was asked. */
export const refusals = {
  noEntry: { en: 'the catalogue has no such entry', 'zh-CN': '工单目录中没有这个条目' },
  notGood: { en: 'the entry cannot be taken like this', 'zh-CN': '条目有误，无法保存' },
  overtaken: (version: number, basedOn: number): Text => ({
    en: `version ${version} is there by now, not ${basedOn}: look at it first`,
    'zh-CN': `现在是第 ${version} 版，不是第 ${basedOn} 版，请先查看`,
  }),
  notTheirs: {
    en: 'only who looks after the whole area of it may change it',
    'zh-CN': '只有负责其整个适用区域的人可以修改',
  },
  notTheirsToAdd: {
    en: 'what counts there is not for them to add',
    'zh-CN': '您无权新增在该处适用的条目',
  },
  sayWhyNeeded: { en: 'say why it is needed', 'zh-CN': '请填写申报理由' },
  sayWhyRefused: { en: 'say why it is refused', 'zh-CN': '请填写不予准入的理由' },
  doesNotWait: (code: string): Text => ({ en: `${code} does not wait`, 'zh-CN': `${code} 不是待准入状态` }),
  ownProposal: {
    en: 'who proposed it does not admit it',
    'zh-CN': '申报人不能准入自己申报的事项',
  },
  neverInUse: { en: 'it was never in use', 'zh-CN': '该条目从未启用' },
  ofProgram: { en: 'the program brings it: retire it', 'zh-CN': '该条目由程序自带，请改为停用' },
  hasChildren: { en: 'something hangs on it: retire it', 'zh-CN': '其下还有条目，请改为停用' },
  hasOrders: { en: 'orders are of this kind: retire it', 'zh-CN': '已有此类工单，请改为停用' },
  hasRule: { en: 'a rule asks for it: retire it', 'zh-CN': '有规则引用该条目，请改为停用' },
  hasRoundPlan: {
    en: 'a plan of rounds asks for it: retire it',
    'zh-CN': '有巡检计划引用该条目，请改为停用',
  },
} as const satisfies Record<string, Text | ((...values: never[]) => Text)>;
