import type { Scenario, ScenarioDevice, ScenarioRoom } from '../scenario.js';

const roof: ScenarioRoom = { key: 'roof', name: { 'zh-CN': '屋顶', en: 'Roof' } };
const camera: ScenarioDevice = { key: 'camera', room: 'roof', domain: 'camera', name: '屋顶摄像机 · Roof camera' };

const minute = 60;
const alert = (atS: number, label: string, zone: string) => ({
  atS,
  device: 'camera',
  event: { id: `alert-${atS}`, type: 'camera.alert', data: { label, zone, score: 0.87 } },
});
const review = (atS: number, type: string, severity: string) => ({
  atS,
  device: 'camera',
  event: {
    id: `${type}-${atS}`,
    type,
    data: { reviewId: '1763743200.5-a1b2c3', severity, labels: ['person'], zones: ['roof'], subLabels: [] },
  },
});

export const cameraStories: Scenario[] = [
  {
    name: 'person-at-night',
    title: { 'zh-CN': '夜间有人进入封闭区', en: 'A person in a closed zone at night' },
    story: {
      'zh-CN': '傍晚有人上屋顶，不报警；夜里又有人上去，报警并派单，走后警情自行结束，工单仍在。',
      en: 'Somebody on the roof in the evening is nothing; at night it is an alarm and an order, which stays when they are gone.',
    },
    rooms: [roof],
    devices: [camera],
    startsAt: '21:30',
    steps: [
      alert(0, 'person', 'roof'),
      alert(75 * minute, 'cat', 'roof'),
      alert(80 * minute, 'person', 'stairs'),
      alert(90 * minute, 'person', 'roof'),
      alert(91 * minute, 'person', 'roof'),
      alert(94 * minute, 'person', 'roof'),
      alert(120 * minute, 'cat', 'roof'),
    ],
    delivery: 'once',
    expected: {
      alarms: [{ device: 'camera', ruleId: 'camera-person-at-night', conditionActive: false, severity: 'severe' }],
      incidents: 1,
      workOrders: 1,
      closedBySensor: 0,
      silentRules: ['camera-alert', 'camera-review'],
    },
  },
  {
    name: 'camera-review',
    title: { 'zh-CN': '录像事件升级', en: 'A review becomes an alert' },
    story: {
      'zh-CN': '录像机先报一般事件，一分钟后升级为警报，随后结束。同一个警情，级别上升并派单。',
      en: 'The recorder begins with a detection, calls it an alert after a minute, ends it. One alarm whose severity rises, one order.',
    },
    rooms: [roof],
    devices: [camera],
    steps: [
      review(0, 'review.started', 'detection'),
      review(60, 'review.changed', 'alert'),
      review(100, 'review.changed', 'alert'),
      review(140, 'review.ended', 'alert'),
    ],
    delivery: 'once',
    expected: {
      alarms: [{ device: 'camera', ruleId: 'camera-review', conditionActive: false, severity: 'severe' }],
      incidents: 1,
      workOrders: 1,
      closedBySensor: 0,
      silentRules: ['camera-person-at-night', 'camera-gone'],
    },
  },
  {
    name: 'camera-offline',
    title: { 'zh-CN': '摄像机离线又恢复', en: 'A camera goes offline and comes back' },
    story: {
      'zh-CN': '摄像机断电二十分钟后恢复。派单检查，恢复后传感器核验结单。',
      en: 'A camera loses power for twenty minutes. One order to look after it, closed when the picture is back.',
    },
    rooms: [roof],
    devices: [camera],
    steps: [
      { atS: 0, device: 'camera', event: { id: 'offline-1', type: 'camera.offline' } },
      { atS: 1200, device: 'camera', event: { id: 'online-1', type: 'camera.online' } },
    ],
    delivery: 'once',
    expected: {
      alarms: [{ device: 'camera', ruleId: 'camera-gone', conditionActive: false }],
      incidents: 1,
      workOrders: 1,
      closedBySensor: 1,
      silentRules: ['camera-alert'],
    },
  },
];
