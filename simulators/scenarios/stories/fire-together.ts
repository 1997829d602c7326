import { ramp, type Scenario, type ScenarioDevice, type ScenarioRoom, type Step } from '../scenario.js';

const room = (key: string, zh: string, en: string): ScenarioRoom => ({ key, name: { 'zh-CN': zh, en } });
const kitchen = room('kitchen', '厨房', 'Kitchen');
const hall = room('hall', '门厅', 'Hall');
const bathroom = room('bathroom', '卫生间', 'Bathroom');
const roof = room('roof', '屋顶间', 'Roof room');
const study = room('study', '书房', 'Study');

const detector = ({ key, name }: ScenarioRoom): ScenarioDevice => ({
  key,
  room: key,
  domain: 'fire',
  name: `${name['zh-CN']}探测器 · ${name.en} detector`,
});

type Point = readonly [atS: number, value: number];

/** A curve through points, a reading every `everyS` seconds. */
const curve = (device: string, metric: string, everyS: number, points: readonly Point[]): Step[] =>
  points
    .slice(1)
    .flatMap(([atS, value], index) =>
      ramp(device, metric, { atS: points[index]![0], value: points[index]![1] }, { atS, value }, everyS),
    );

const minute = 60;
const hour = 60 * minute;

/** Curves and their sources: docs/detection-fire.md. */
const withoutFire: Step[] = [
  // Frying without a hood, then toast; the stove's gas makes a little carbon monoxide.
  ...curve('kitchen', 'smoke', 20, [
    [0, 0.2],
    [8 * minute, 4.2],
    [12 * minute, 4],
    [20 * minute, 0.4],
    [40 * minute, 0.3],
    [40 * minute + 40, 4.3],
    [42 * minute, 0.4],
    [hour, 0.2],
  ]),
  ...curve('kitchen', 'temperature', 30, [
    [0, 22],
    [10 * minute, 38],
    [25 * minute, 25],
    [40 * minute, 24],
    [42 * minute, 28],
    [hour, 24],
  ]),
  ...curve('kitchen', 'co', 60, [
    [0, 1],
    [10 * minute, 20],
    [30 * minute, 4],
    [hour, 2],
  ]),
  // A hot shower behind a closed door, then the door is opened.
  ...curve('bathroom', 'smoke', 20, [
    [0, 0.1],
    [10 * minute, 0.1],
    [11 * minute + 40, 4.3],
    [16 * minute, 4],
    [18 * minute, 0.3],
    [hour, 0.1],
  ]),
  ...curve('bathroom', 'temperature', 30, [
    [0, 21],
    [10 * minute, 21],
    [14 * minute, 37],
    [18 * minute, 30],
    [hour, 23],
  ]),
  // Sheet metal in the summer sun, one cloud; a battery device that reports once a minute.
  ...curve('roof', 'temperature', 60, [
    [0, 31],
    [25 * minute, 52],
    [30 * minute, 47],
    [50 * minute, 65],
    [hour, 64.5],
  ]),
  // Dust and insects: one reading high, the next clean.
  ...Array.from({ length: 120 }, (_, n): Step => ({
    atS: 30 * n,
    device: 'hall',
    values: { smoke: n % 23 === 7 ? 4.1 : 0.1, temperature: 21.5 },
  })),
  // Soldering, later incense: a haze that stays.
  ...Array.from({ length: 120 }, (_, n): Step => ({
    atS: 30 * n + 5,
    device: 'study',
    values: { smoke: Number((n < 10 ? 0.2 : 2.4 + Math.sin(n / 3)).toFixed(2)), temperature: 22, co: n < 60 ? 1 : 8 },
  })),
];

export const fireTogetherStories: Scenario[] = [
  {
    name: 'hour-without-fire',
    title: { 'zh-CN': '无火的一小时', en: 'An hour without a fire' },
    story: {
      'zh-CN': '煎炒、烤面包、淋浴、日晒屋顶（65 °C）、灰尘飞虫、焊接熏香，同时发生。没有警情，没有工单。',
      en: 'Frying, toast, a shower, a roof in the sun (65 °C), dust and insects, soldering and incense, all at once. No alarm, no order.',
    },
    rooms: [kitchen, bathroom, roof, hall, study],
    devices: [kitchen, bathroom, roof, hall, study].map(detector),
    steps: withoutFire,
    delivery: 'once',
    expected: {
      alarms: [],
      incidents: 0,
      workOrders: 0,
      silentRules: ['fire-smoke', 'fire-heat', 'fire-heat-rising', 'fire-spreading', 'fire-confirmed', 'fire-silent'],
    },
  },
  {
    name: 'fire-next-door',
    title: { 'zh-CN': '火从厨房逼近', en: 'Fire next door' },
    story: {
      'zh-CN': '厨房烟感报警；门厅无烟但开始升温，随即报警；门厅摄像机看到烟，火警得到确认。同一事件，一张工单。',
      en: 'Smoke in the kitchen; the hall has none but is getting warm and alarms at once; the camera there sees smoke: the fire is confirmed. One incident, one order.',
    },
    rooms: [kitchen, hall],
    devices: [
      detector(kitchen),
      detector(hall),
      { key: 'camera', room: 'hall', domain: 'camera', name: '门厅摄像机 · Hall camera' },
    ],
    steps: [
      // Before it burns the same warmth is nothing.
      ...curve('hall', 'temperature', 10, [
        [0, 21],
        [minute, 24],
        [2 * minute, 24],
      ]),
      ...curve('kitchen', 'smoke', 10, [
        [0, 0.2],
        [150, 0.4],
        [200, 3],
        [300, 20],
        [480, 25],
      ]),
      ...curve('hall', 'temperature', 10, [
        [130, 24],
        [260, 24.1],
        [320, 27],
        [480, 34],
      ]),
      {
        atS: 330,
        device: 'camera',
        event: { id: 'alert-330', type: 'camera.alert', data: { label: 'smoke', zone: 'hall', score: 0.8 } },
      },
    ],
    delivery: 'once',
    expected: {
      alarms: [
        { device: 'kitchen', ruleId: 'fire-smoke', conditionActive: true },
        { device: 'hall', ruleId: 'fire-spreading', conditionActive: true, severity: 'severe' },
        { device: 'kitchen', ruleId: 'fire-confirmed', conditionActive: true, severity: 'extreme' },
      ],
      incidents: 1,
      workOrders: 1,
      silentRules: ['fire-heat', 'camera-alert'],
    },
  },
  {
    name: 'heat-without-smoke',
    title: { 'zh-CN': '无烟急升温', en: 'Heat without smoke' },
    story: {
      'zh-CN': '只测温度的探测器：温度在数分钟内升到火灾级别，随后更高。同处只看最严重的一个警情，一张工单。',
      en: 'A detector of heat alone: within minutes it is as hot as in a fire, then hotter. The second alarm of the place stands behind the first; one order.',
    },
    rooms: [roof],
    devices: [detector(roof)],
    steps: curve('roof', 'temperature', 15, [
      [0, 38],
      [8 * minute, 38.5],
      [12 * minute, 62],
      [14 * minute, 78],
    ]),
    delivery: 'once',
    expected: {
      alarms: [
        { device: 'roof', ruleId: 'fire-heat-rising', conditionActive: true },
        { device: 'roof', ruleId: 'fire-heat', conditionActive: true },
      ],
      incidents: 1,
      workOrders: 1,
      silentRules: ['fire-smoke'],
    },
  },
];
