import { ramp, type Scenario, type ScenarioDevice, type ScenarioRoom } from '../scenario.js';

const kitchen: ScenarioRoom = { key: 'kitchen', name: { 'zh-CN': '厨房', en: 'Kitchen' } };
const hall: ScenarioRoom = { key: 'hall', name: { 'zh-CN': '门厅', en: 'Hall' } };
const bathroom: ScenarioRoom = { key: 'bathroom', name: { 'zh-CN': '卫生间', en: 'Bathroom' } };

const detector = (room: ScenarioRoom): ScenarioDevice => ({
  key: room.key,
  room: room.key,
  domain: 'fire',
  name: `${room.name['zh-CN']}烟感 · ${room.name.en} detector`,
});

const smokeRises = (device: string, startS: number) => [
  ...ramp(device, 'smoke', { atS: startS, value: 0.2 }, { atS: startS + 60, value: 1.4 }),
  ...ramp(device, 'smoke', { atS: startS + 70, value: 3 }, { atS: startS + 180, value: 18 }),
];

export const fireStories: Scenario[] = [
  {
    name: 'kitchen-fire',
    title: { 'zh-CN': '厨房起火', en: 'Kitchen fire' },
    story: {
      'zh-CN': '锅烧干，烟雾升高后被扑灭，烟散去。一个警情，一张工单；烟散后工单仍在。',
      en: 'A pan burns dry; smoke rises, is put out and clears. One alarm, one order; the order stays after the smoke is gone.',
    },
    rooms: [kitchen],
    devices: [detector(kitchen)],
    steps: [
      ...smokeRises('kitchen', 0),
      ...ramp('kitchen', 'temperature', { atS: 5, value: 23 }, { atS: 185, value: 44 }, 20),
      ...ramp('kitchen', 'smoke', { atS: 200, value: 16 }, { atS: 320, value: 0.6 }),
      ...ramp('kitchen', 'smoke', { atS: 330, value: 0.5 }, { atS: 450, value: 0.2 }),
    ],
    delivery: 'once',
    expected: {
      alarms: [{ device: 'kitchen', ruleId: 'fire-smoke', conditionActive: false }],
      incidents: 1,
      workOrders: 1,
      silentRules: ['fire-heat', 'fire-silent'],
    },
  },
  {
    name: 'two-rooms-one-incident',
    title: { 'zh-CN': '两室一案', en: 'Two rooms, one incident' },
    story: {
      'zh-CN': '烟从厨房漫到门厅。两处各一个警情，再加一个火警确认；同一事件，只派一张工单。',
      en: 'Smoke spreads from the kitchen to the hall. An alarm in each room, a third that says it is confirmed; one incident, one order.',
    },
    rooms: [kitchen, hall],
    devices: [detector(kitchen), detector(hall)],
    steps: [
      ...smokeRises('kitchen', 0),
      ...ramp('hall', 'smoke', { atS: 3, value: 0.1 }, { atS: 83, value: 0.4 }, 20),
      ...smokeRises('hall', 90),
      ...ramp('kitchen', 'smoke', { atS: 190, value: 19 }, { atS: 270, value: 24 }),
    ],
    delivery: 'once',
    expected: {
      alarms: [
        { device: 'kitchen', ruleId: 'fire-smoke', conditionActive: true },
        { device: 'hall', ruleId: 'fire-smoke', conditionActive: true },
        { device: 'hall', ruleId: 'fire-confirmed', conditionActive: true, severity: 'extreme' },
      ],
      incidents: 1,
      workOrders: 1,
      silentRules: ['fire-heat', 'fire-silent'],
    },
  },
  {
    name: 'steam-from-shower',
    title: { 'zh-CN': '淋浴水汽', en: 'Steam from the shower' },
    story: {
      'zh-CN': '水汽和热气升高，但未到报警值。没有警情，没有工单。',
      en: 'Steam and warmth rise but stay below the levels. No alarm, no order.',
    },
    rooms: [bathroom],
    devices: [detector(bathroom)],
    steps: [
      ...ramp('bathroom', 'smoke', { atS: 0, value: 0.2 }, { atS: 120, value: 4.1 }),
      ...ramp('bathroom', 'temperature', { atS: 5, value: 22 }, { atS: 245, value: 41 }, 20),
      ...ramp('bathroom', 'smoke', { atS: 130, value: 4.2 }, { atS: 240, value: 3.2 }),
      ...ramp('bathroom', 'smoke', { atS: 250, value: 2.8 }, { atS: 340, value: 0.2 }),
    ],
    delivery: 'once',
    expected: { alarms: [], incidents: 0, workOrders: 0, silentRules: ['fire-smoke', 'fire-heat'] },
  },
  {
    name: 'duplicate-delivery',
    title: { 'zh-CN': '重复乱序送达', en: 'Delivered twice and out of order' },
    story: {
      'zh-CN': '网络不稳，每条消息都送达两次且顺序错乱。仍是一个警情，一张工单。',
      en: 'On a bad network every message arrives twice and out of order. Still one alarm, one order.',
    },
    rooms: [kitchen],
    devices: [detector(kitchen)],
    steps: [...smokeRises('kitchen', 0), ...ramp('kitchen', 'smoke', { atS: 190, value: 19 }, { atS: 250, value: 22 })],
    delivery: 'twice-and-disordered',
    expected: {
      alarms: [{ device: 'kitchen', ruleId: 'fire-smoke', conditionActive: true }],
      incidents: 1,
      workOrders: 1,
      silentRules: ['fire-silent'],
    },
  },
  {
    name: 'low-battery',
    title: { 'zh-CN': '电量低', en: 'Battery runs low' },
    story: {
      'zh-CN': '电量一度瞬间下降，随后真正走低。只在持续走低时报警，派单更换电池。',
      en: 'The battery dips for a moment, later it really runs low. Only the lasting one is an alarm, with an order to change it.',
    },
    rooms: [hall],
    devices: [detector(hall)],
    steps: [
      ...ramp('hall', 'smoke', { atS: 1, value: 0.1 }, { atS: 481, value: 0.2 }, 60),
      { atS: 0, device: 'hall', values: { battery: 24 } },
      { atS: 60, device: 'hall', values: { battery: 13 } },
      { atS: 90, device: 'hall', values: { battery: 23 } },
      ...ramp('hall', 'battery', { atS: 180, value: 17 }, { atS: 480, value: 12 }, 30),
    ],
    delivery: 'once',
    expected: {
      alarms: [{ device: 'hall', ruleId: 'fire-battery-low', conditionActive: true }],
      incidents: 1,
      workOrders: 1,
      silentRules: ['fire-smoke', 'fire-silent'],
    },
  },
  {
    name: 'device-goes-silent',
    title: { 'zh-CN': '设备失联又恢复', en: 'A device goes silent and comes back' },
    story: {
      'zh-CN': '断电一刻钟，期间没有任何读数。失联一次，恢复后自动解除，派单检查。',
      en: 'A power cut of a quarter of an hour: no readings. One silence, over when it comes back, with an order to look after it.',
    },
    rooms: [hall],
    devices: [detector(hall)],
    steps: [
      ...ramp('hall', 'smoke', { atS: 0, value: 0.1 }, { atS: 120, value: 0.2 }, 20),
      ...ramp('hall', 'smoke', { atS: 1020, value: 0.1 }, { atS: 1140, value: 0.2 }, 20),
    ],
    delivery: 'once',
    expected: {
      alarms: [{ device: 'hall', ruleId: 'fire-silent', conditionActive: false }],
      incidents: 1,
      workOrders: 1,
      silentRules: ['fire-smoke', 'fire-heat'],
    },
  },
  {
    name: 'sos-pressed',
    title: { 'zh-CN': '一键求助', en: 'Emergency button' },
    story: {
      'zh-CN': '住户按下求助按钮，设备重发一次同一事件。一个警情，一张工单，只有人能结束。',
      en: 'Somebody presses the emergency button; the device sends the same event again. One alarm, one order, and only a person ends it.',
    },
    rooms: [bathroom],
    devices: [detector(bathroom)],
    steps: [
      ...ramp('bathroom', 'smoke', { atS: 0, value: 0.1 }, { atS: 40, value: 0.1 }, 20),
      { atS: 45, device: 'bathroom', event: { id: 'sos-1', type: 'sos.pressed', data: { source: 'button' } } },
      { atS: 45, device: 'bathroom', event: { id: 'sos-1', type: 'sos.pressed', data: { source: 'button' } } },
    ],
    delivery: 'once',
    expected: {
      alarms: [{ device: 'bathroom', ruleId: 'fire-sos', conditionActive: true }],
      incidents: 1,
      workOrders: 1,
      silentRules: ['fire-smoke', 'fire-smoke-alarm'],
    },
  },
];
