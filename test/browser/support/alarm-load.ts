import type { Alarm, AlarmLoad, FoldedAlarms, FoldKind, LoadFigure } from '@sc/contracts';
import { compareSeverity, isLifeSafety } from '@sc/contracts';

const text = (en: string) => ({ 'zh-CN': `指标 ${en}`, en });
const minute = 60_000;

/** The open alarms folded by rule, as the platform would, without a flood. */
export function foldedAlarms(alarms: readonly Alarm[], by: FoldKind): FoldedAlarms {
  const open = alarms.filter(({ state }) => state !== 'normal');
  const groups = Map.groupBy(
    open.filter(({ severity }) => !isLifeSafety(severity)),
    ({ ruleId }) => ruleId,
  );
  return {
    flood: { active: false, since: null, lastTenMinutes: open.length },
    by,
    open: open.length,
    singles: open.filter(({ severity }) => isLifeSafety(severity)),
    groups: [...groups].map(([ruleId, members]) => {
      const [worst] = members.toSorted((a, b) => compareSeverity(a.severity, b.severity));
      return {
        key: `rule:${ruleId}`,
        title: worst!.title,
        incidentId: null,
        areaId: null,
        ruleId,
        count: members.length,
        unacknowledged: members.length,
        firstAt: worst!.raisedAt,
        lastAt: worst!.raisedAt,
        severity: worst!.severity,
        worst: worst!,
      };
    }),
    left: 0,
  };
}

const figure = (code: LoadFigure['code'], value: number | null, unit: LoadFigure['unit'], met: boolean | null) => ({
  code,
  title: text(code),
  definition: text(`What ${code} means.`),
  value,
  unit,
  target: met === null ? null : ({ is: 'below', value: 1 } as const),
  met,
  source: null,
});

/** A day with one flood. */
export function someLoad(from: string, to: string): AlarmLoad {
  const begin = Date.parse(from);
  const at = (n: number) => new Date(begin + n * 10 * minute).toISOString();
  const count = Math.max(1, Math.ceil((Date.parse(to) - begin) / (10 * minute)));
  const judged = { judgedTrue: 3, judgedFalse: 1, judgedTest: 0, precision: 0.75 };
  return {
    areaId: 'sunny',
    areaName: text('Sunny'),
    from,
    to,
    alarms: 40,
    operators: 1,
    figures: [
      figure('average-rate', 0.3, 'per-10-min', true),
      figure('flood-share', 0.02, 'share', false),
      figure('stale', 1, 'count', null),
      figure('acknowledge-mean', null, 'seconds', null),
    ],
    buckets: Array.from({ length: count }, (_, n) => ({ at: at(n), alarms: n === 60 ? 31 : n % 3, flood: n === 60 })),
    floods: [{ from: at(60), to: at(61), alarms: 31 }],
    worst: [
      {
        ruleId: 'smoke-high',
        ruleTitle: text('Smoke'),
        deviceId: 'sunny/smoke-1',
        deviceName: 'smoke-1',
        areaName: text('Kitchen'),
        alarms: 20,
        share: 0.5,
        chattered: 2,
        ...judged,
        mend: { code: 'raise-deadband', text: text('Raise the deadband.') },
      },
    ],
    rules: [{ ruleId: 'smoke-high', title: text('Smoke'), alarms: 20, ...judged }],
    devices: [{ deviceId: 'sunny/smoke-1', name: 'smoke-1', alarms: 20, ...judged }],
  };
}
