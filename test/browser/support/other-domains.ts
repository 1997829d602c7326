import {
  alarmDetailSchema,
  bridgeSchema,
  deviceDetailSchema,
  pictureSchema,
  type AlarmDetail,
  type Bridge,
  type DeviceDetail,
  type Picture,
} from '@sc/contracts';
import { domainByName } from '@sc/domains';
import { ownFacts } from './fleet.js';

const id = (n: number): string => `00000000-0000-4000-8000-${n.toString().padStart(12, '0')}`;
export const cameraId = 'sunny/cam-gate';
export const bridgeId = 'sunny/frigate-1';
/** Alarms of the camera: with its picture, without one, with one on its way. */
export const pictureAlarms = { stored: id(510), failed: id(511), pending: id(512) };

/** A door, a bin, a car park and a camera with the program that speaks for it. */
export function otherDevices(ago: (seconds: number) => string): DeviceDetail[] {
  const device = (
    name: string,
    domain: string,
    title: string,
    values: Record<string, number | boolean | string>,
    over: Partial<DeviceDetail> = {},
  ) =>
    deviceDetailSchema.parse({
      id: `sunny/${name}`,
      domain,
      name: title,
      areaId: 'b5',
      position: null,
      placement: null,
      labels: [],
      state: 'registered',
      connection: 'online',
      lastSeenAt: ago(5),
      replacedBy: null,
      activeAlarms: 0,
      lastReadings: Object.entries(values).map(([metric, value]) => ({ metric, ts: ago(5), value })),
      ...ownFacts(ago, typeof values['battery'] === 'number' ? values['battery'] : undefined),
      ...over,
    });
  return [
    device('door-1', 'access', '5 号楼 单元门', { doorOpen: true, battery: 74 }),
    device('bin-1', 'sanitation', '东门垃圾桶', { fillPercent: 83.5, temperature: 24.1, tilt: 3, battery: 55 }),
    device('lot-1', 'parking', '地下停车场', { capacity: 120, occupied: 117 }),
    device('cam-gate', 'camera', '东门摄像机', {}, { placement: '东门岗亭立杆 4 m', activeAlarms: 3 }),
  ];
}

export function cameraAlarms(ago: (seconds: number) => string): AlarmDetail[] {
  const rule = domainByName('camera')!.rules.find(({ condition }) => condition.kind === 'event')!;
  return Object.values(pictureAlarms).map((alarm, i) =>
    alarmDetailSchema.parse({
      id: alarm,
      deviceId: cameraId,
      deviceName: '东门摄像机',
      domain: 'camera',
      ruleId: rule.id,
      title: rule.title,
      guidance: rule.guidance,
      areaId: 'b5',
      areaName: { 'zh-CN': '5 号楼', en: 'Building 5' },
      state: 'unacknowledged',
      severity: 'minor',
      urgency: rule.urgency,
      certainty: rule.certainty,
      conditionActive: true,
      raisedAt: ago(500 + i * 60),
      clearedAt: null,
      acknowledgedAt: null,
      acknowledgedBy: null,
      occurrences: 1,
      lastSeenAt: ago(400),
      cause: { event: 'camera.alert', objects: ['person', 'car'], zones: ['east_gate'] },
      incidentId: null,
      workOrderId: null,
      latching: false,
      assigneeId: null,
      assigneeName: null,
      silence: null,
      shelvableMinutes: 480,
      judgement: null,
      judgedBy: null,
      judgedAt: null,
      timeline: [],
    }),
  );
}

export function cameraPictures(ago: (seconds: number) => string): Record<string, Picture[]> {
  const picture = (n: number, state: Picture['state'], reason: string | null = null) =>
    pictureSchema.parse({ id: id(n), deviceId: cameraId, state, reason, takenAt: ago(500) });
  const { stored, failed, pending } = pictureAlarms;
  const all = {
    [stored]: [picture(820, 'stored')],
    [failed]: [picture(821, 'failed', 'timeout')],
    [pending]: [picture(822, 'pending')],
  };
  return { ...all, [cameraId]: Object.values(all).flat() };
}

export function bridges(ago: (seconds: number) => string): Bridge[] {
  const bridge = (over: Partial<Bridge>) =>
    bridgeSchema.parse({
      id: bridgeId,
      kind: 'frigate',
      name: '物业机房 Frigate',
      areaId: 'sunny',
      topicPrefix: 'frigate',
      baseUrl: 'http://frigate.property-office.sunny-gardens.example:5000',
      state: 'registered',
      connection: 'online',
      reviewedUntil: ago(30),
      cameras: [{ deviceId: cameraId, externalId: 'east_gate', name: '东门摄像机' }],
      ...over,
    });
  return [
    bridge({}),
    bridge({
      id: 'sunny/frigate-2',
      name: '地下车库',
      baseUrl: null,
      connection: 'never-seen',
      reviewedUntil: null,
      cameras: [],
    }),
    bridge({ id: 'sunny/frigate-0', name: '旧机房', state: 'retired', connection: 'offline', cameras: [] }),
  ];
}
