import type { Scenario, ScenarioRoom } from '../scenario.js';

const kitchen: ScenarioRoom = { key: 'kitchen', name: { 'zh-CN': '厨房', en: 'Kitchen' } };

export const waterStories: Scenario[] = [
  {
    name: 'water-leak',
    title: { 'zh-CN': '厨房漏水', en: 'A leak in the kitchen' },
    story: {
      'zh-CN': '水槽下漏水，断续报湿，关阀后变干。一个警情，一张工单；地面干了，工单仍在。',
      en: 'It leaks under the sink, wet and dry by turns, until the valve is shut. One alarm, one order that stays when the floor is dry.',
    },
    rooms: [kitchen],
    devices: [{ key: 'sink', room: 'kitchen', domain: 'water', name: '水槽水浸 · Leak sensor at the sink' }],
    steps: [
      ...[false, true, false, true, true].map((leak, i) => ({ atS: i * 120, device: 'sink', values: { leak } })),
      ...[900, 1300, 1700].map((atS) => ({ atS, device: 'sink', values: { leak: false, battery: 76 } })),
    ],
    delivery: 'once',
    expected: {
      alarms: [{ device: 'sink', ruleId: 'water-leak', conditionActive: false }],
      incidents: 1,
      workOrders: 1,
      closedBySensor: 0,
      silentRules: ['water-silent', 'water-battery-low'],
    },
  },
];
