import { ramp, type Scenario, type ScenarioDevice, type ScenarioRoom } from '../scenario.js';

const yard: ScenarioRoom = { key: 'yard', name: { 'zh-CN': '地面停车场', en: 'Car park' } };
const lot: ScenarioDevice = { key: 'lot', room: 'yard', domain: 'parking', name: '停车场计数器 · Car park counter' };
const lane: ScenarioDevice = { key: 'lane', room: 'yard', domain: 'parking', name: '消防通道检测 · Fire lane sensor' };

export const parkingStories: Scenario[] = [
  {
    name: 'fire-lane-blocked',
    title: { 'zh-CN': '消防通道被占', en: 'The fire lane is blocked' },
    story: {
      'zh-CN': '货车停在消防通道上一刻钟，传感器每五分钟重报一次，随后开走。一个警情，一张工单，传感器核验结单。',
      en: 'A van stands in the fire lane for a quarter of an hour, told every five minutes, then leaves. One alarm, one order, closed by the sensor.',
    },
    rooms: [yard],
    devices: [lane],
    steps: [
      ...[0, 300, 600].map((atS) => ({
        atS,
        device: 'lane',
        event: { id: `blocked-${atS}`, type: 'fire-lane.blocked' },
      })),
      { atS: 900, device: 'lane', event: { id: 'cleared', type: 'fire-lane.cleared' } },
    ],
    delivery: 'once',
    expected: {
      alarms: [{ device: 'lane', ruleId: 'parking-fire-lane-blocked', conditionActive: false }],
      incidents: 1,
      workOrders: 1,
      closedBySensor: 1,
      silentRules: ['parking-lot-full'],
    },
  },
  {
    name: 'lot-full',
    title: { 'zh-CN': '停车场已满', en: 'The car park is full' },
    story: {
      'zh-CN': '停车场晚间停满，次日清晨车辆驶离。停满前半小时先提示，停满再提示，无需派单。',
      en: 'The car park fills in the evening and empties in the morning. One note half an hour ahead, one when it is full, no order.',
    },
    rooms: [yard],
    devices: [lot],
    steps: [
      { atS: 0, device: 'lot', values: { capacity: 40 } },
      ...ramp('lot', 'occupied', { atS: 0, value: 30 }, { atS: 6000, value: 40 }, 600),
      ...ramp('lot', 'occupied', { atS: 9000, value: 39 }, { atS: 12_000, value: 34 }, 600),
    ],
    delivery: 'once',
    expected: {
      alarms: [
        { device: 'lot', ruleId: 'parking-lot-full-soon', conditionActive: false },
        { device: 'lot', ruleId: 'parking-lot-full', conditionActive: false },
      ],
      incidents: 0,
      workOrders: 0,
      silentRules: ['parking-reading-impossible', 'parking-late'],
    },
  },
  {
    name: 'impossible-readings',
    title: { 'zh-CN': '读数异常', en: 'Impossible readings' },
    story: {
      'zh-CN': '计数器报告 55 辆车停在 40 个车位，又报告负数。读数被拒收，派单核对计数器，不误报车满。',
      en: 'A counter reports 55 cars on 40 bays, then less than none. Both are refused; an order to look at the counter, no full car park.',
    },
    rooms: [yard],
    devices: [lot],
    steps: [
      { atS: 0, device: 'lot', values: { capacity: 40, occupied: 20 } },
      { atS: 600, device: 'lot', values: { occupied: 55 }, refused: 'value-out-of-range' },
      { atS: 1200, device: 'lot', values: { occupied: -3 }, refused: 'value-out-of-range' },
      { atS: 1800, device: 'lot', values: { occupied: 21 } },
    ],
    delivery: 'once',
    expected: {
      alarms: [{ device: 'lot', ruleId: 'parking-reading-impossible', conditionActive: true }],
      incidents: 1,
      workOrders: 1,
      refused: 2,
      silentRules: ['parking-lot-full'],
    },
  },
];
