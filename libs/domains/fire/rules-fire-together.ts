import type { Rule } from '@sc/contracts';
import {
  heatingUp,
  hot,
  opticalDensityLevel,
  seenByCamera,
  smokeLevel,
  soundingAlarm,
  staticHeat,
  warming,
} from './signs-of-fire.js';

const minute = 60_000;

const common = {
  version: 2,
  domain: 'fire',
  urgency: 'immediate',
  workOrder: true,
  enabled: true,
} as const;

/** Each of them is a fire alarm of one device. */
const signs = [
  { id: 'smoke', condition: smokeLevel },
  { id: 'optical-density', condition: opticalDensityLevel },
  { id: 'heat', condition: staticHeat },
  { id: 'smoke-alarm', condition: soundingAlarm },
];

/** What several signs tell together and none of them by itself. */
export const fireTogetherRules: Rule[] = [
  {
    ...common,
    id: 'fire-heat-rising',
    title: { 'zh-CN': '快速升温', en: 'Heat, rising fast' },
    guidance: {
      'zh-CN': '温度在数分钟内升到火灾级别。按起火处置：拨打 119，通知疏散，派人核查。',
      en: 'Within minutes the temperature has become that of a fire. Treat it as one: call 119, start evacuation, send somebody.',
    },
    condition: {
      kind: 'group',
      members: [
        { id: 'hot', condition: hot },
        { id: 'rising', condition: heatingUp },
      ],
      atLeast: 2,
      counting: 'member',
      within: 'device',
      // A fire that has filled the room with heat gets hotter more slowly; it is still that fire.
      windowMs: 30 * minute,
    },
    suppressionGroup: 'fire',
    severity: 'extreme',
    certainty: 'likely',
    source: {
      'zh-CN':
        'UL 521：57 °C（135 °F）是常用的定温等级；EN 54-5 A 级：正常使用不超过 50 °C（恢复阈值），升温速率从 3 K/min 起计，低于此值只看温度（规则 fire-heat）。日晒屋顶升温低于 1 K/min。见 docs/detection-fire.md。',
      en: 'UL 521: 57 °C (135 °F) is the usual fixed rating; EN 54-5 class A: normal use up to 50 °C (clear level), and the rate may count from 3 K/min on, below which heat alone decides (rule fire-heat). A roof in the sun gets warm at less than 1 K/min. See docs/detection-fire.md.',
    },
  },
  {
    ...common,
    id: 'fire-spreading',
    title: { 'zh-CN': '火势蔓延迹象', en: 'Fire is coming near' },
    guidance: {
      'zh-CN': '同一楼内已有火警，此处也开始升温。优先通知此处人员撤离，并告知到场人员。',
      en: 'There is a fire alarm in this building and it is getting warm here, too. Get people out of here first and tell those who are on their way.',
    },
    condition: {
      kind: 'group',
      members: [...signs, { id: 'warming', condition: warming }],
      atLeast: 2,
      counting: 'member',
      within: 'building',
      windowMs: 10 * minute,
      alarmOn: 'warming',
    },
    suppressionGroup: 'fire',
    severity: 'severe',
    certainty: 'likely',
    source: {
      'zh-CN':
        '单独出现毫无意义的迹象，在火场旁就值得报警（EN 54-2 第 7.12 条：探测器相互关联）。顶棚下一分钟升温 2 K，暖气要十分钟；NIST TN 1455-1：热气层先于仪器可与噪声区分的烟雾到达。见 docs/detection-fire.md。',
      en: 'A sign that is worth nothing by itself is worth an alarm beside a fire (EN 54-2 §7.12: detectors that depend on one another). 2 K within a minute under a ceiling, for which radiators take ten; NIST TN 1455-1: the hot layer arrives before smoke that a meter can tell from noise. See docs/detection-fire.md.',
    },
  },
  {
    ...common,
    id: 'fire-confirmed',
    title: { 'zh-CN': '火警确认', en: 'Fire, confirmed' },
    guidance: {
      'zh-CN': '同一楼内两处设备同时报火警（或探测器与摄像机互相印证）。立即拨打 119，全楼疏散，全员到场。',
      en: 'Two devices of one building tell of fire, or a detector and a camera. Call 119 now, evacuate the building, send everybody.',
    },
    condition: {
      kind: 'group',
      members: [...signs, { id: 'camera', domain: 'camera', condition: seenByCamera }],
      atLeast: 2,
      counting: 'device',
      within: 'building',
      windowMs: 10 * minute,
    },
    severity: 'extreme',
    certainty: 'observed',
    source: {
      'zh-CN':
        'EN 54-2 第 7.12 条与 VDE 0833-2：两个探测器同时报警视为火警确认。取十分钟：同一楼内更晚出现的多半是另一件事。',
      en: 'EN 54-2 §7.12 and VDE 0833-2: coincidence of two detectors is taken for a confirmed alarm. Ten minutes: what begins later in a building is more likely to be something else.',
    },
  },
];
