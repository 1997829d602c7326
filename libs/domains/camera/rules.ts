import type { Rule } from '@sc/contracts';

const minute = 60_000;
const common = { version: 2, domain: 'camera', enabled: true } as const;

const look = {
  'zh-CN': '查看画面截图和实时画面。确认有人闯入或有险情时派人，必要时拨打 110。',
  en: 'Look at the picture and the live view. Send somebody when it is an intruder or a danger; 110 for a crime.',
};

export const rules: Rule[] = [
  {
    ...common,
    id: 'camera-person-at-night',
    title: { 'zh-CN': '夜间有人进入封闭区', en: 'Person in a closed zone at night' },
    guidance: look,
    condition: {
      kind: 'event',
      raiseOn: ['camera.alert'],
      clearOn: [],
      match: [
        { field: 'label', anyOf: ['person'] },
        // Names of zones are given in the recorder; who calls them otherwise changes the rule.
        { field: 'zone', anyOf: ['closed', 'roof', 'pool', 'pump-room', 'garage', 'building-site'] },
      ],
      // One walk through the zone is one alarm, though the camera tells of it again and again.
      quietMs: 10 * minute,
    },
    activeHours: { from: '22:00', to: '06:00' },
    severity: 'severe',
    urgency: 'immediate',
    certainty: 'likely',
    workOrder: true,
    source: {
      'zh-CN': '自定：22:00–06:00 是 GB 3096（声环境质量标准）规定的夜间，封闭区域内不应有人。白天同样的画面属于正常。',
      en: 'Our own choice: 22:00–06:00 is the night of GB 3096 (environmental noise), when nobody has business in a closed zone. By day the same sight is ordinary.',
    },
  },
  {
    ...common,
    id: 'camera-alert',
    title: { 'zh-CN': '摄像机告警', en: 'Camera alert' },
    guidance: look,
    condition: {
      kind: 'event',
      raiseOn: ['camera.alert'],
      clearOn: [],
      quietMs: 10 * minute,
      levels: {
        field: 'severity',
        of: {
          alert: { severity: 'severe', workOrder: true },
          detection: { severity: 'minor', workOrder: false },
          extreme: { severity: 'severe', workOrder: true },
          severe: { severity: 'severe', workOrder: true },
          moderate: { severity: 'minor', workOrder: false },
          minor: { severity: 'minor', workOrder: false },
        },
      },
    },
    severity: 'severe',
    urgency: 'immediate',
    certainty: 'likely',
    workOrder: true,
    source: {
      'zh-CN': '由摄像机自行判定轻重。其最高级对应本平台的“严重”：危险画面须先经人员确认，才列为最高级。',
      en: 'The camera decided by itself how grave it is. Its gravest is our severe: a picture of danger is seen by a person before it is called extreme.',
    },
  },
  {
    ...common,
    id: 'camera-review',
    title: { 'zh-CN': '录像事件', en: 'Something to review' },
    guidance: look,
    condition: {
      kind: 'event',
      raiseOn: ['review.started', 'review.changed'],
      clearOn: ['review.ended'],
      subject: 'reviewId',
      // A recorder that is restarted never ends its reviews; a scene of half an hour without a change is none.
      quietMs: 30 * minute,
      levels: {
        field: 'severity',
        of: {
          detection: { severity: 'minor', workOrder: false },
          alert: { severity: 'severe', workOrder: true },
        },
      },
    },
    severity: 'severe',
    urgency: 'immediate',
    certainty: 'likely',
    workOrder: true,
    source: {
      'zh-CN':
        'Frigate 的 review 事项：`alert` 是需要立即告知的，`detection` 可以稍后查看；持续期间可能由一种变为另一种。',
      en: 'Frigate, review items: `alert` is what its owner wants to be told of at once, `detection` what may be looked at later; one may become the other while it lasts.',
    },
  },
  {
    ...common,
    id: 'camera-gone',
    title: { 'zh-CN': '摄像机离线', en: 'Camera offline' },
    guidance: {
      'zh-CN': '该处没有画面。检查供电和网络，并查看离线前的录像是否有人破坏。',
      en: 'There is no picture of this place. Check power and network, and the last recording for somebody who disabled it.',
    },
    condition: { kind: 'event', raiseOn: ['camera.offline'], clearOn: ['camera.online'] },
    severity: 'moderate',
    urgency: 'expected',
    certainty: 'observed',
    workOrder: true,
    // No rule about silence: a camera that sees nothing says nothing, and whether it is there is told by these two events.
    source: {
      'zh-CN': 'Frigate 对每台摄像机以 `status/detect` 告知在线与离线；原生接入的摄像机用这些事件告知。',
      en: 'Frigate tells `status/detect` offline and online for each camera; so does a native camera by these events.',
    },
  },
];
