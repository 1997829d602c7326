import {
  type Evaluation,
  type EvaluationFigureCode,
  evaluationFigureCodes,
  type EvaluationRow,
  evaluationQuerySchema,
  evaluationSchema,
  type StaffingPlan,
  staffingPlanSchema,
  type StaffingVariantResult,
} from '@sc/contracts';
import { evaluationDefinitions } from '../../../libs/features/evaluation/definitions.js';

const text = (zh: string, en: string) => ({ 'zh-CN': zh, en });
const hour = 3_600_000;

/** Three grids, one with hardly any cases, and cases of no grid: as they are put side by side. */
export function someEvaluation(url: URL, isEmpty: boolean): Evaluation {
  const query = evaluationQuerySchema.parse(Object.fromEntries(url.searchParams));
  const { by, from, to, compareFrom = null, compareTo = null } = query;
  const values = (cases: number) =>
    Object.fromEntries(
      evaluationFigureCodes.map((code, i) => [code, { value: valueOf(code, cases, i), of: cases }]),
    ) as EvaluationRow['values'];
  const row = (key: string | null, name: EvaluationRow['name'], cases: number): EvaluationRow => ({
    key,
    name,
    values: values(cases),
    compared: compareFrom ? values(cases + 9) : null,
  });
  return evaluationSchema.parse({
    by,
    areaId: 'sunny',
    areaName: text('阳光花园', 'Sunny Garden'),
    from,
    to,
    compareFrom,
    compareTo,
    at: new Date().toISOString(),
    own: false,
    definitions: evaluationFigureCodes.map((code) => ({ code, ...evaluationDefinitions[code] })),
    total: row(null, null, isEmpty ? 0 : 168),
    rows: isEmpty
      ? []
      : [
          row('grid-1', text('第一责任网格', 'Duty grid 1'), 96),
          row('grid-2', text('第二责任网格（含商业街与地下车库）', 'Duty grid 2 with its shops and car park'), 69),
          row('grid-3', text('第三责任网格', 'Duty grid 3'), 3),
          row(null, null, 0),
        ],
    left: 0,
  });
}

function valueOf(code: EvaluationFigureCode, cases: number, i: number): number | null {
  if (code === 'count') return cases;
  if (cases === 0) return null;
  const { unit } = evaluationDefinitions[code];
  if (unit === 'share') return 1 - ((i * 7 + cases) % 20) / 100;
  if (unit === 'seconds') return 40 + i * 311;
  return unit === 'score' ? 4.3 : Math.round(cases / (i + 2));
}

const spread = (median: number) => ({ median, low: median * 0.9, high: median * 1.1 });

/** A month with the shifts as they were, and with two more at night. */
export function somePlan(now: number): StaffingPlan {
  const at = (ms: number) => new Date(now + ms).toISOString();
  const shared = { keepShifts: true, without: [] };
  const outcome = (factor: number) => ({
    steps: (['accept', 'handle', 'verify'] as const).flatMap((step) =>
      [null, 'fire-alarm'].map((category) => ({ step, category, onTime: spread(0.8 / factor), due: spread(80) })),
    ),
    acceptMedian: spread(2 * factor),
    acceptP90: spread(9 * factor),
    waitMedian: spread(4 * factor),
    waitP90: spread(31 * factor),
    handleMedian: spread(28),
    handleP90: spread(74),
    closeMedian: spread(61 * factor),
    closeP90: null,
    closed: spread(151),
    open: spread(17 * factor),
    upTheChain: spread(12 * factor),
    withManager: spread(4 * factor),
    nobody: spread(3),
  });
  const result = (name: string, officers: number, factor: number): StaffingVariantResult => ({
    name,
    officers,
    shiftHours: officers * 160,
    uncoveredHours: Math.round(40 * factor),
    uncoveredCases: Math.round(9 * factor),
    utilisation: spread(0.31 * factor),
    outcome: outcome(factor),
    hours: Array.from({ length: 24 }, (_, h) => ({
      cases: 3 + (h % 7),
      onShift: h > 7 ? 3 : officers - 3,
      busy: 0.6,
      utilisation: h > 7 ? 0.2 : null,
    })),
    people: [
      { personId: null, name: '+1', shiftHours: 160, busyHours: 61, utilisation: 0.38, orders: 44 },
      { personId: null, name: '+2', shiftHours: 160, busyHours: 20, utilisation: 0.13, orders: 12 },
    ],
    morePeople: 2,
  });
  return staffingPlanSchema.parse({
    id: '00000000-0000-4000-8000-000000009200',
    state: 'done',
    progress: 1,
    error: null,
    areaId: 'sunny',
    from: at(-31 * 24 * hour),
    to: at(-24 * hour),
    fromTable: false,
    seed: 1,
    runs: 5,
    variants: [
      { name: '现状', ...shared, blocks: [] },
      {
        name: '夜间增加两人',
        ...shared,
        blocks: [{ areaId: 'grid-1', officers: 2, weekdays: [1, 2, 3, 4, 5], from: '22:00', to: '06:00' }],
      },
    ],
    assumptions: {},
    createdAt: at(-hour),
    finishedAt: at(-hour + 60_000),
    expiresAt: at(24 * hour),
    result: {
      cases: 168,
      categories: [{ category: 'fire-alarm', title: text('火灾报警', 'Fire alarm'), cases: 31 }],
      seeds: [1, 2, 3, 4, 5],
      premises: [
        { code: 'travel', text: text('步行速度 4 公里/小时。', 'People walk at 4 km/h.') },
        { code: 'verify', text: text('核查用时 30 分钟。', 'Verifying takes 30 minutes.') },
      ],
      actual: outcome(1.1),
      variants: [result('现状', 6, 1), result('夜间增加两人', 8, 0.7)],
      tookMs: 5_321,
    },
  });
}
