import type { Scenario, ScenarioDevice, ScenarioRoom } from '../scenario.js';

const entrance: ScenarioRoom = { key: 'entrance', name: { 'zh-CN': '单元门', en: 'Entrance' } };
const door: ScenarioDevice = { key: 'door', room: 'entrance', domain: 'access', name: '单元门禁 · Entrance door' };

export const accessStories: Scenario[] = [
  {
    name: 'door-forced',
    title: { 'zh-CN': '门被强行打开', en: 'A door is forced' },
    story: {
      'zh-CN': '夜里单元门被强行打开，随后又关上。警情不会自行结束：里面可能还有人。',
      en: 'The entrance is forced and falls shut again. The alarm stays: somebody may be inside.',
    },
    rooms: [entrance],
    devices: [door],
    steps: [
      { atS: 0, device: 'door', values: { doorOpen: false, battery: 88 } },
      { atS: 30, device: 'door', event: { id: 'forced-1', type: 'door.forced' } },
      { atS: 31, device: 'door', values: { doorOpen: true } },
      { atS: 45, device: 'door', event: { id: 'closed-1', type: 'door.closed' } },
      { atS: 46, device: 'door', values: { doorOpen: false } },
      { atS: 120, device: 'door', values: { doorOpen: false } },
    ],
    delivery: 'once',
    expected: {
      alarms: [{ device: 'door', ruleId: 'access-door-forced', conditionActive: true }],
      incidents: 1,
      workOrders: 1,
      silentRules: ['access-door-held-open', 'access-silent'],
    },
  },
  {
    name: 'door-held-open',
    title: { 'zh-CN': '门未关闭', en: 'A door is held open' },
    story: {
      'zh-CN': '搬家时单元门敞开两分多钟，之后关上。派单去关门，门关上后传感器核验结单。',
      en: 'Movers keep the entrance open for more than two minutes, then shut it. One order, closed by the sensor.',
    },
    rooms: [entrance],
    devices: [door],
    steps: [
      { atS: 0, device: 'door', values: { doorOpen: false, battery: 88 } },
      // Somebody comes home: open for less than a minute is nothing.
      { atS: 10, device: 'door', event: { id: 'opened-1', type: 'door.opened' } },
      { atS: 25, device: 'door', event: { id: 'closed-1', type: 'door.closed' } },
      { atS: 200, device: 'door', event: { id: 'opened-2', type: 'door.opened' } },
      { atS: 201, device: 'door', values: { doorOpen: true } },
      { atS: 290, device: 'door', values: { doorOpen: true, battery: 88 } },
      { atS: 350, device: 'door', event: { id: 'closed-2', type: 'door.closed' } },
      { atS: 351, device: 'door', values: { doorOpen: false } },
    ],
    delivery: 'once',
    expected: {
      alarms: [{ device: 'door', ruleId: 'access-door-held-open', conditionActive: false }],
      incidents: 1,
      workOrders: 1,
      closedBySensor: 1,
      silentRules: ['access-door-forced', 'access-battery-low'],
    },
  },
];
