import type { AreaKind, Text } from '@sc/contracts';
import { domainByName } from '@sc/domains';

/** What this feature answers instead of doing what it was asked. */
export const refusals = {
  noParentArea: { en: 'no such parent area', 'zh-CN': '没有这个上级区域' },
  cannotHold: (parent: AreaKind, child: AreaKind): Text => ({
    en: `a ${parent} cannot hold a ${child}`,
    'zh-CN': `${areaKinds[child]}不能位于${areaKinds[parent]}中`,
  }),
  areaTaken: { en: 'an area with this id exists', 'zh-CN': '已有此编号的区域' },
  unfitShape: { en: 'the shape cannot be that of this area', 'zh-CN': '该区域不能采用这个边界' },
  unusable: (places: number): Text => ({
    en: `${places} places cannot be used; nothing was changed`,
    'zh-CN': `有 ${places} 处无法使用，未更改任何内容`,
  }),

  noDevices: (domains: readonly string[] = []): Text => ({
    en: `no such device${domains.length ? ` of the domain ${domains.join(' or ')}` : ''}, or none in this area`,
    'zh-CN': `没有所选的${domains.length ? `${domains.map(titleOf).join('或')}领域的` : ''}设备，或该区域内没有`,
  }),
  tooManyDevices: (most: number): Text => ({
    en: `more than ${most} devices: choose a smaller area`,
    'zh-CN': `设备超过 ${most} 台，请选择较小的区域`,
  }),

  onlyAdministrators: {
    en: 'only administrators look after administrators',
    'zh-CN': '只有管理员可以管理管理员',
  },
  ownAccess: {
    en: 'nobody changes their own role, area or access',
    'zh-CN': '不能更改自己的角色、区域或登录权限',
  },
  noTeam: { en: 'no such team', 'zh-CN': '没有这个班组' },
  noSkill: { en: 'no such skill', 'zh-CN': '没有这项技能' },
  skillTaken: { en: 'a skill of this name exists', 'zh-CN': '已有此短名的技能' },
  skillInUse: { en: 'this skill is still asked for', 'zh-CN': '此技能仍在使用中' },
  leadNoMember: { en: 'is no member of the team', 'zh-CN': '负责人不是班组成员' },

  noShiftTime: {
    en: 'is no time of a shift',
    'zh-CN': '班次的结束时间须晚于开始时间，且最长 31 天',
  },
  mayNotBeOnShift: {
    en: 'is no officer or operator who may log in',
    'zh-CN': '只有可以登录的网格员和值班员才能排班',
  },
  onShiftAlready: {
    en: 'this person is on shift in this area at that time',
    'zh-CN': '该人员在此区域的同一时段已有班次',
  },
  overlapsShift: (from: string, to: string): Text => ({
    en: `overlaps ${from} to ${to}`,
    'zh-CN': `与 ${from} 至 ${to} 的班次重叠`,
  }),
  noRotation: { en: 'no such rotation', 'zh-CN': '没有这个轮班' },
  onDutyTwice: {
    en: 'by this plan somebody is on duty twice at once',
    'zh-CN': '按此轮班，有人在同一时段有两个班次',
  },
  overlapsOn: (day: string): Text => ({ en: `overlaps on ${day}`, 'zh-CN': `${day} 的班次重叠` }),

  noLeave: { en: 'no such leave', 'zh-CN': '没有这条请假' },
  awayAlready: { en: 'this person is already away at that time', 'zh-CN': '该人员在此时段已请假' },
  noStandIn: { en: 'no such stand-in', 'zh-CN': '没有这条代班' },
  forThemselves: { en: 'nobody stands in for themselves', 'zh-CN': '不能给自己代班' },
  otherWork: { en: 'does other work', 'zh-CN': '代班人须与被代班人角色相同' },
  standInThere: {
    en: 'somebody stands in for this person at that time already',
    'zh-CN': '该人员在此时段已有人代班',
  },
} as const satisfies Record<string, Text | ((...values: never[]) => Text)>;

const areaKinds: Record<AreaKind, string> = {
  district: '区',
  street: '街道',
  community: '社区',
  'duty-grid': '责任网格',
  'cell-grid': '单元网格',
  building: '楼栋',
  room: '房间',
};

const titleOf = (domain: string): string => domainByName(domain)?.title['zh-CN'] ?? domain;
