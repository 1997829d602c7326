import type { Rule } from '@sc/contracts';
import { batteryLow, silent } from '../device-rules.js';

const hour = 3_600_000;
const common = { version: 2, domain: 'access', certainty: 'observed', workOrder: true, enabled: true } as const;

export const rules: Rule[] = [
  {
    ...common,
    id: 'access-door-forced',
    title: { 'zh-CN': '门被强行打开', en: 'Door forced' },
    guidance: {
      'zh-CN': '门在未授权的情况下被打开。查看附近监控并派人核查，发现闯入拨打 110。',
      en: 'The door was opened without permission. Look at the cameras nearby and send somebody; 110 for an intruder.',
    },
    // That the door is shut again does not mean that nobody is inside: only a person ends it.
    condition: { kind: 'event', raiseOn: ['door.forced'], clearOn: [] },
    severity: 'severe',
    urgency: 'immediate',
    source: {
      'zh-CN': 'EN 60839-11-1（电子门禁系统）：强行开门须立即报告，并保持到有人确认。',
      en: 'EN 60839-11-1 (electronic access control): a forced door is signalled at once and kept until it is acknowledged by a person.',
    },
  },
  {
    ...common,
    id: 'access-tamper',
    title: { 'zh-CN': '门禁设备被拆动', en: 'Access device tampered with' },
    guidance: {
      'zh-CN': '门禁读头或控制器外壳被打开或移位。查看监控，派人核查并确认门已锁好。',
      en: 'The housing of a reader or controller was opened or moved. Look at the cameras, send somebody, see that the door locks.',
    },
    condition: { kind: 'event', raiseOn: ['tamper'], clearOn: [] },
    severity: 'severe',
    urgency: 'immediate',
    source: {
      'zh-CN': 'EN 60839-11-1：拆动与强行开门同样报告。接口协议中没有表示其结束的事件，因此由人员解除。',
      en: 'EN 60839-11-1: tampering is signalled like a forced door. No event of the contract ends it, so a person does.',
    },
  },
  {
    ...common,
    id: 'access-opened-without-grant',
    title: { 'zh-CN': '门未经授权打开', en: 'Door opened without permission' },
    guidance: {
      'zh-CN':
        '门已打开，但没有放行记录。查看附近监控并派人核查，发现闯入拨打 110；若是按出门按钮，请检查按钮是否上报。',
      en: 'The door opened and nobody was let in. Look at the cameras nearby and send somebody; 110 for an intruder. If it was the exit button, see that it reports.',
    },
    // Where the door says itself that it was forced, that is the alarm. Only a person ends it, or a permission that is told late.
    condition: {
      kind: 'sequence',
      on: [{ event: 'door.opened' }],
      expect: [{ event: 'access.granted' }, { event: 'door.forced' }],
      order: 'before',
      withinMs: 30_000,
      graceMs: 10_000,
    },
    // Most doors open from inside by a handle, and nothing permits that.
    appliesTo: { labels: ['reader-both-sides'] },
    severity: 'severe',
    urgency: 'immediate',
    certainty: 'likely',
    source: {
      'zh-CN':
        'EN 60839-11-1：未经授权的开门按强行开门报告。时间为自定：电锁释放 5–15 秒，推婴儿车通过再需同样时间；控制器的授权记录可能比门磁晚几秒。',
      en: 'EN 60839-11-1: opening without a grant is signalled as forced. Our own choice of times: strikes release for 5–15 s, and a pram takes as long again; controllers tell a grant up to some seconds after the contact.',
    },
  },
  {
    ...common,
    id: 'access-door-held-open',
    title: { 'zh-CN': '门未关闭', en: 'Door held open' },
    guidance: {
      'zh-CN': '门已打开超过一分钟。通过对讲或监控查看；可能有人搬运物品，也可能被物品挡住。',
      en: 'The door has been open for more than a minute. Look or speak through the intercom: somebody is moving things, or something blocks it.',
    },
    condition: {
      kind: 'held',
      metric: 'doorOpen',
      value: true,
      beginOn: ['door.opened', 'door.forced'],
      endOn: ['door.closed'],
      forMs: 60_000,
    },
    severity: 'moderate',
    urgency: 'expected',
    source: {
      'zh-CN': '自定：EN 60839-11-1 把时间交由现场确定；一辆婴儿车和三位邻居通过单元门不到 60 秒。',
      en: 'Our own choice: EN 60839-11-1 leaves the time to the site; a pram and three neighbours are through an entrance in less than 60 s.',
    },
  },
  batteryLow('access'),
  silent('access', 3 * hour, 'minor', {
    'zh-CN': '自定：电池供电的门磁在无动作时也约每小时上报一次（Zigbee 签到 50–60 分钟）；相当于漏报三次。',
    en: 'Our own choice: battery door contacts report about once an hour though nothing moves (Zigbee check-in 50–60 min); three missed reports.',
  }),
];
