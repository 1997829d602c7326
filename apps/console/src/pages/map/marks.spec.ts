import type { Area, MapAlarm, MapDevice, Severity } from '@sc/contracts';
import { choiceOf } from './choice.js';
import { deviceFeatures, shownDevices, urgentMarks } from './marks.js';

const areas = new Map(
  ['g1', 'g2'].map((id): [string, Area] => [
    id,
    {
      id,
      kind: 'duty-grid',
      parentId: null,
      path: [id],
      name: { 'zh-CN': id, en: id },
      shape: {
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [2, 0],
            [2, 2],
            [0, 0],
          ],
        ],
      },
      households: null,
    },
  ]),
);
const alarm = (severity: Severity): MapAlarm => ({
  id: `alarm-${severity}`,
  title: { 'zh-CN': '甲', en: 'A' },
  severity,
  state: 'unacknowledged',
  raisedAt: '2026-01-01T00:00:00Z',
  incidentId: null,
  workOrderId: null,
});
const device = (id: string, over: Partial<MapDevice> = {}): MapDevice => ({
  id,
  domain: 'fire',
  name: id,
  areaId: 'g1',
  position: [1, 1],
  connection: 'online',
  ...over,
});
const devices = [
  device('calm'),
  device('off', { connection: 'offline' }),
  device('water', { domain: 'water', areaId: 'g2' }),
  device('low', { alarms: [alarm('minor')] }),
  device('fire', { alarms: [alarm('extreme'), alarm('minor')], areaId: 'g2' }),
];
const shown = (query: string) => shownDevices(devices, areas, choiceOf(new URLSearchParams(query))).map(({ id }) => id);

it.each(['', 'layers=', 'layers=areas&area=g1&kinds=water&states=offline'])(
  'danger to life stands for itself and is never among those that make clusters: %s',
  (query) => {
    expect(urgentMarks(devices, areas).map((mark) => [mark.device.id, mark.alarm.severity])).toEqual([
      ['fire', 'extreme'],
    ]);
    expect(shown(query)).not.toContain('fire');
  },
);

it('shows what is chosen', () => {
  expect(shown('')).toEqual(['calm', 'off', 'water', 'low']);
  expect(shown('layers=devices&states=offline')).toEqual(['off']);
  expect(shown('layers=devices&kinds=water')).toEqual(['water']);
  expect(shown('layers=devices&area=g2')).toEqual(['water']);
  expect(shown('layers=alarms')).toEqual(['low']);
  expect(shown('layers=areas')).toEqual([]);
});

it('a mark says its kind, how it is connected and its gravest alarm; a cluster learns its worst', () => {
  const features = (alarms: boolean) =>
    deviceFeatures(devices.slice(0, 4), areas, alarms).features.map(({ properties }) => [
      properties!['mark'],
      properties!['rank'],
    ]);
  expect(features(true)).toEqual([
    ['device fire online calm', 0],
    ['device fire offline calm', 0],
    ['device water online calm', 0],
    ['device fire online minor', 2],
  ]);
  expect(features(false)[3]).toEqual(['device fire online calm', 0]);
});

it('without a position only what has an alarm is drawn, in the middle of its area', () => {
  const at = (of: MapDevice) =>
    deviceFeatures([of], areas, true).features.map(({ geometry }) => (geometry as GeoJSON.Point).coordinates.length);
  expect(at(device('x', { position: null }))).toEqual([]);
  expect(at(device('x', { position: null, alarms: [alarm('severe')] }))).toEqual([2]);
  expect(urgentMarks([device('x', { position: null, alarms: [alarm('extreme')] })], areas)).toHaveLength(1);
});
