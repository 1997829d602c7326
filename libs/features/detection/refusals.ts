import type { Text } from '@sc/contracts';

/** What this feature answers instead of doing what it was asked. */
export const refusals = {
  notGood: { en: 'the rule cannot be taken like this', 'zh-CN': '规则有误，无法保存' },
  idTaken: { en: 'there is a rule of this id', 'zh-CN': '编号已被其他规则使用' },
  noVersion: { en: 'no such version of this rule', 'zh-CN': '该规则没有这个版本' },
  overtaken: (version: number, basedOn: number): Text => ({
    en: `version ${version} is in force by now, not ${basedOn}: look at it first`,
    'zh-CN': `现在生效的是第 ${version} 版，不是第 ${basedOn} 版，请先查看`,
  }),
  wholeSite: {
    en: 'rules are of the whole site: only who may see all of it changes them',
    'zh-CN': '规则适用于全站，只有管辖全站的人员可以修改',
  },
  onlyAdministrators: {
    en: 'lives may depend on this rule: only an administrator changes it',
    'zh-CN': '此规则关系到人身安全，只有管理员可以修改',
  },
  sayWhy: {
    en: 'say why a rule of life safety is switched off',
    'zh-CN': '请说明为什么停用关系到人身安全的规则',
  },
  ofProgram: {
    en: 'the program brings this rule: switch it off',
    'zh-CN': '此规则由程序自带，不能删除，请改为停用',
  },
  hasAlarms: {
    en: 'alarms refer to this rule: switch it off',
    'zh-CN': '已有告警出自此规则，不能删除，请改为停用',
  },
} as const satisfies Record<string, Text | ((...values: never[]) => Text)>;
