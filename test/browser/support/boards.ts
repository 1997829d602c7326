import {
  boardSteps,
  type HourCount,
  type Report,
  reportDefinitionCodes,
  reportQuerySchema,
  reportSchema,
  responseMeasures,
  type RoundCalendar,
  roundCalendarSchema,
  type RoundDetail,
  type SavedFilter,
  type WorkOrder,
  type WorkOrderBoard,
  workOrderBoardSchema,
} from '@sc/contracts';
import { reportDefinitions } from '../../../libs/features/reports/definitions.js';

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const text = (zh: string, en: string) => ({ 'zh-CN': zh, en });

/** The orders of the site by their step; one column has more than it shows. */
export function someBoard(orders: readonly WorkOrder[]): WorkOrderBoard {
  return workOrderBoardSchema.parse({
    columns: boardSteps.map((step) => {
      const items = orders.filter(({ state }) => state === step);
      return { step, count: items.length && items.length + (step === 'dispatched' ? 7 : 0), items };
    }),
  });
}

export const someFilters = (now: number): SavedFilter[] => [
  {
    id: uuid(9_500),
    page: 'work-orders',
    name: '超时的生命安全工单 Overdue and dangerous, all grids',
    query: 'view=board&light=overdue&severity=extreme',
    createdAt: new Date(now).toISOString(),
  },
];

/** The rounds there are, one a day still to come, and one of a long name. */
export function someCalendar(rounds: readonly RoundDetail[], now: number): RoundCalendar {
  const [first] = rounds;
  return roundCalendarSchema.parse({
    rounds,
    planned: [1, 2, 3].map((days) => ({
      planId: first?.planId ?? uuid(1),
      title: text('消防水泵房与地下车库联合巡检', 'Round of the fire pump room and the underground car park'),
      areaId: 'grid-1',
      areaName: text('第一责任网格', 'Duty grid 1'),
      startsAt: new Date(now + days * 86_400_000).toISOString(),
      dueAt: new Date(now + days * 86_400_000 + 7_200_000).toISOString(),
      personId: null,
    })),
    isCut: false,
  });
}

/** All shades, a rule that nobody judged, one that was mostly wrong, and times that were never measured. */
export function someReport(url: URL, isEmpty: boolean): Report {
  const { from, to, every } = reportQuerySchema.parse(Object.fromEntries(url.searchParams));
  const judged = (alarms: number, right: number, wrong: number) => ({
    alarms,
    judgedTrue: right,
    judgedFalse: wrong,
    judgedTest: alarms > 20 ? 2 : 0,
    precision: right + wrong ? right / (right + wrong) : null,
  });
  const title = text('烟雾浓度超过报警阈值并持续三十秒', 'Smoke above the alarm level for thirty seconds');
  const rule = { ruleId: 'smoke-high', title, domain: 'fire' };
  const quality = {
    total: judged(180, 90, 41),
    kinds: [
      { domain: 'fire', ...judged(150, 80, 40) },
      { domain: 'parking', ...judged(30, 10, 1) },
    ],
    rules: [
      { ...rule, ...judged(150, 80, 40) },
      { ...rule, ruleId: 'bay-overstay', domain: 'parking', ...judged(9, 0, 0) },
    ],
    worst: [{ ...rule, deviceId: 'sunny/smoke-1', deviceName: '3 号楼 2 单元 5 层厨房烟感', ...judged(60, 10, 38) }],
    left: 3,
  };
  const nothing = { total: judged(0, 0, 0), kinds: [], rules: [], worst: [], left: 0 };
  const hours = (most: number): HourCount[] =>
    Array.from({ length: 168 }, (_, i) => ({
      weekday: Math.floor(i / 24) + 1,
      hour: i % 24,
      count: Math.round((most * ((i * 37) % 101)) / 100),
    })).filter(({ count }) => count > 0);
  const day = (pieces: number) => new Date(Date.parse(from) + pieces * 7 * 86_400_000).toISOString().slice(0, 10);
  return reportSchema.parse({
    areaId: 'sunny',
    areaName: text('阳光花园', 'Sunny Garden'),
    from,
    to,
    every,
    timeZone: 'Asia/Shanghai',
    at: new Date().toISOString(),
    definitions: reportDefinitionCodes.map((code) => ({ code, ...reportDefinitions[code] })),
    alarmHours: isEmpty ? [] : hours(42),
    caseHours: isEmpty ? [] : hours(3),
    quality: isEmpty ? nothing : quality,
    responses: responseMeasures.map((measure, i) => ({
      measure,
      total:
        isEmpty || i === 2
          ? { count: 0, median: null, p90: null }
          : { count: 96, median: 45 * 4 ** i, p90: 300 * 4 ** i },
      pieces:
        isEmpty || i === 2
          ? []
          : [0, 1, 2, 3].map((n) => ({
              day: day(n),
              count: 24,
              median: 40 * 4 ** i + n * 9,
              p90: 280 * 4 ** i + n * 70,
            })),
    })),
  });
}
