import { type Round, type RoundDetail, roundDetailSchema, type RoundPlan, roundPlanSchema } from '@sc/contracts';

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const text = (zh: string, en: string) => ({ 'zh-CN': zh, en });
export const [planId, roundId, missedRoundId] = [uuid(9_100), uuid(9_101), uuid(9_102)];

const closed = {
  key: 'closed',
  kind: 'check',
  title: text('门禁关闭正常', 'The gate closes'),
  required: true,
} as const;
const pressure = {
  key: 'pressure',
  kind: 'number',
  title: text('管网压力', 'Pressure of the main'),
  required: true,
  unit: 'MPa',
  min: 0.35,
  max: 0.6,
} as const;
const gate = {
  id: uuid(9_110),
  key: 'gate',
  name: text('小区南门', 'South gate'),
  areaId: null,
  placement: '岗亭旁',
  deviceId: null,
  position: null,
};
const pump = { ...gate, id: uuid(9_111), key: 'pump', name: text('消防水泵房', 'Fire pump room') };

export function somePlans(now: number): RoundPlan[] {
  return [
    roundPlanSchema.parse({
      id: planId,
      title: text('夜间安全巡检', 'Night safety round'),
      areaId: 'grid-1',
      areaName: text('第一责任网格', 'Duty grid 1'),
      recurrence: 'DTSTART;TZID=Asia/Shanghai:20260101T220000\nRRULE:FREQ=DAILY',
      windowMinutes: 120,
      assignee: { kind: 'grid' },
      assigneeName: null,
      category: 'fire-device-maintenance',
      enabled: true,
      checkPoints: [
        { ...gate, checklist: [closed], categories: {}, codeMadeAt: new Date(now).toISOString() },
        { ...pump, checklist: [pressure], categories: { pressure: 'water-leak' }, codeMadeAt: null },
      ],
      next: [new Date(now + 36e5).toISOString()],
      lately: { done: 28, missed: 2, failedItems: 3 },
      updatedAt: new Date(now).toISOString(),
    }),
  ];
}

/** One that runs, in the hands of `officer`, with a failed item and one that nobody scanned for; one that was missed. */
export function someRounds(now: number, officer: { id: string; name: string }): RoundDetail[] {
  const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
  const answer = { skipped: null, note: null, at: at(-10), receivedAt: at(-10), byName: officer.name };
  const code = { areaName: text('第一责任网格', 'Duty grid 1'), deviceName: null, codeMark: '0a1b2c3d4e5f' };
  const common = {
    planId,
    title: text('夜间安全巡检', 'Night safety round'),
    areaId: 'grid-1',
    areaName: text('第一责任网格', 'Duty grid 1'),
    endedByName: null,
  };
  const running = roundDetailSchema.parse({
    ...common,
    id: roundId,
    startsAt: at(-30),
    dueAt: at(90),
    state: 'started',
    assigneeId: officer.id,
    assigneeName: officer.name,
    startedAt: at(-12),
    endedAt: null,
    progress: { required: 2, answered: 1, failed: 1, skipped: 0, withoutScan: 1 },
    allowedActions: ['answer', 'assign', 'cancel'],
    checkPoints: [
      {
        ...gate,
        ...code,
        scans: [],
        items: [
          {
            item: closed,
            answer: { ...answer, value: false, failed: true, scanned: false },
            workOrder: { id: uuid(700), number: 'WO-000123' },
          },
        ],
      },
      {
        ...pump,
        ...code,
        scans: [{ at: at(-5), byName: officer.name }],
        items: [{ item: pressure, answer: null, workOrder: null }],
      },
    ],
    steps: [
      { action: 'plan', at: at(-1_440), byName: null, toName: officer.name, note: null },
      { action: 'start', at: at(-12), byName: officer.name, toName: null, note: null },
    ],
  });
  const missed = roundDetailSchema.parse({
    ...running,
    id: missedRoundId,
    state: 'missed',
    startsAt: at(-1_470),
    dueAt: at(-1_350),
    startedAt: null,
    endedAt: at(-1_350),
    progress: { required: 2, answered: 0, failed: 0, skipped: 0, withoutScan: 0 },
    allowedActions: [],
  });
  return [running, missed];
}

export const ofState = (rounds: readonly Round[], state: string | null): Round[] =>
  rounds.filter((round) =>
    state === 'missed' ? round.state === 'missed' : state === 'open' ? round.state === 'started' : true,
  );
