import { ramp, type Scenario, type ScenarioDevice, type ScenarioRoom } from '../scenario.js';

const station: ScenarioRoom = { key: 'station', name: { 'zh-CN': '垃圾投放点', en: 'Bin station' } };
const bin: ScenarioDevice = { key: 'bin', room: 'station', domain: 'sanitation', name: '垃圾桶 · Bin' };
const halfHour = 1800;

export const sanitationStories: Scenario[] = [
  {
    name: 'bin-full-and-emptied',
    title: { 'zh-CN': '垃圾桶满后清空', en: 'A bin fills and is emptied' },
    story: {
      'zh-CN': '垃圾桶六小时后将满，派单清运；清空后传感器核验结单。',
      en: 'A bin fills within six hours: one order to empty it, closed by the sensor when it is empty.',
    },
    rooms: [station],
    devices: [bin],
    steps: [
      ...ramp('bin', 'fillPercent', { atS: 0, value: 40 }, { atS: 12 * halfHour, value: 91 }, halfHour),
      { atS: 13 * halfHour - 5, device: 'bin', event: { id: 'emptied-1', type: 'bin.emptied' } },
      { atS: 13 * halfHour, device: 'bin', values: { fillPercent: 3 } },
    ],
    delivery: 'once',
    expected: {
      alarms: [{ device: 'bin', ruleId: 'sanitation-bin-full', conditionActive: false }],
      incidents: 1,
      workOrders: 1,
      closedBySensor: 1,
      silentRules: ['sanitation-bin-burning', 'sanitation-silent'],
    },
  },
  {
    name: 'bin-burning',
    title: { 'zh-CN': '垃圾桶起火', en: 'A bin burns' },
    story: {
      'zh-CN': '烟头引燃垃圾桶，温度骤升后被扑灭。一个警情，一张工单；火灭后仍须有人确认。',
      en: 'A cigarette sets a bin on fire; it is put out. One alarm, one order that a person ends.',
    },
    rooms: [station],
    devices: [bin],
    steps: [
      ...ramp('bin', 'temperature', { atS: 0, value: 24 }, { atS: 180, value: 132 }, 30),
      ...ramp('bin', 'temperature', { atS: 240, value: 110 }, { atS: 1440, value: 26 }, 60),
    ],
    delivery: 'once',
    expected: {
      alarms: [{ device: 'bin', ruleId: 'sanitation-bin-burning', conditionActive: false }],
      incidents: 1,
      workOrders: 1,
      closedBySensor: 0,
      silentRules: ['sanitation-bin-full', 'sanitation-reading-impossible'],
    },
  },
  {
    name: 'bin-tilted',
    title: { 'zh-CN': '垃圾桶倾倒', en: 'A bin falls over' },
    story: {
      'zh-CN': '清运车短暂倾倒垃圾桶，不报警；之后垃圾桶被撞倒，派单扶正。',
      en: 'A lorry tips the bin for half a minute, which is nothing; later it is knocked over, and somebody is asked to put it up.',
    },
    rooms: [station],
    devices: [bin],
    steps: [
      { atS: 0, device: 'bin', values: { tilt: 2, fillPercent: 30 } },
      { atS: 60, device: 'bin', values: { tilt: 120 } },
      { atS: 90, device: 'bin', values: { tilt: 3, fillPercent: 4 } },
      { atS: 3600, device: 'bin', values: { tilt: 88 } },
      { atS: 3900, device: 'bin', values: { tilt: 87 } },
    ],
    delivery: 'once',
    expected: {
      alarms: [{ device: 'bin', ruleId: 'sanitation-bin-tilted', conditionActive: true }],
      incidents: 1,
      workOrders: 1,
      silentRules: ['sanitation-bin-full'],
    },
  },
];
