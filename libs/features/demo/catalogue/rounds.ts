import type { CheckPoint, Text } from '@sc/contracts';
import { community, dutyGrids } from './areas.js';
import { devices } from './devices.js';

const text = (zh: string, en: string): Text => ({ 'zh-CN': zh, en });
type DemoPoint = Omit<CheckPoint, 'id' | 'codeMadeAt'>;

interface DemoPlan {
  id: string;
  title: Text;
  areaId: string;
  recurrence: string;
  windowMinutes: number;
  category: string;
  checkPoints: DemoPoint[];
}

const place = { areaId: null, placement: null, deviceId: null, position: null, categories: {} };
const clear = {
  key: 'clear',
  kind: 'check',
  title: text('消防通道畅通', 'Fire lane and stairs are clear'),
  required: true,
} as const;
const remark = { key: 'remark', kind: 'text', title: text('其他情况', 'Anything else'), required: false } as const;
const detector = devices.find(({ device }) => device.startsWith('smoke-'))!;

/** A round of every night, and the yearly test of a smoke detector. */
export const plans: readonly DemoPlan[] = [
  {
    id: '0197a3c0-0000-7000-8000-000000000001',
    title: text('夜间安全巡检', 'Night safety round'),
    areaId: dutyGrids[0],
    recurrence: 'DTSTART;TZID=Asia/Shanghai:20260101T220000\nRRULE:FREQ=DAILY',
    windowMinutes: 180,
    category: 'fire-device-maintenance',
    checkPoints: [
      {
        ...place,
        key: 'gate',
        name: text('小区南门', 'South gate'),
        placement: '南门岗亭旁 · by the guard house',
        checklist: [
          { key: 'closed', kind: 'check', title: text('门禁关闭正常', 'The gate closes'), required: true },
          clear,
          remark,
        ],
        categories: { closed: 'access-door', clear: 'parking-fire-lane' },
      },
      {
        ...place,
        key: 'pump-room',
        name: text('消防水泵房', 'Fire pump room'),
        placement: '地下一层 · basement',
        checklist: [
          {
            key: 'pressure',
            kind: 'number',
            title: text('管网压力', 'Pressure of the main'),
            required: true,
            unit: 'MPa',
            min: 0.35,
            max: 0.6,
          },
          { key: 'dry', kind: 'check', title: text('无漏水', 'No leak'), required: true },
          remark,
        ],
        categories: { dry: 'water-leak' },
      },
      { ...place, key: 'stairs', name: text('1号楼楼梯间', 'Stairs of building 1'), checklist: [clear, remark] },
    ],
  },
  {
    id: '0197a3c0-0000-7000-8000-000000000002',
    title: text('烟感年度测试', 'Yearly test of the smoke detector'),
    areaId: community,
    recurrence: 'DTSTART;TZID=Asia/Shanghai:20260315T090000\nRRULE:FREQ=YEARLY',
    windowMinutes: 14 * 24 * 60,
    category: 'fire-device-maintenance',
    checkPoints: [
      {
        ...place,
        key: 'detector',
        name: text(detector.name, detector.name),
        areaId: detector.areaId,
        placement: detector.placement,
        deviceId: `${community}/${detector.device}`,
        checklist: [
          {
            key: 'sounds',
            kind: 'check',
            title: text('按测试键后报警', 'It sounds when its test button is pressed'),
            required: true,
          },
          { key: 'clean', kind: 'check', title: text('探头清洁无遮挡', 'Clean and not covered'), required: true },
          {
            key: 'battery',
            kind: 'number',
            title: text('电池电量', 'Battery'),
            required: true,
            unit: '%',
            min: 20,
            max: 100,
          },
        ],
      },
    ],
  },
];
