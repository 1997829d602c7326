import { Table } from 'antd';
import type { ClockedStep, Spread, StaffingOutcome, StaffingResult, StaffingVariantResult } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { type SpreadUnit, useSpread } from './use-spread.js';

type Cell = { spread: Spread | null; unit: SpreadUnit; due?: number };
type Code = 'officers' | 'shiftHours' | 'uncoveredHours' | 'uncoveredCases' | 'utilisation' | ClockedStep | Plain;
type Plain = Exclude<keyof StaffingOutcome, 'steps'>;

interface Column {
  key: string;
  title: string;
  outcome: StaffingOutcome;
  /** `null`: as it really was. */
  variant: StaffingVariantResult | null;
}

const steps = ['accept', 'handle', 'verify'] as const;
const staff = ['officers', 'shiftHours', 'uncoveredHours', 'uncoveredCases', 'utilisation'] as const;
const times = [
  'acceptMedian',
  'acceptP90',
  'waitMedian',
  'waitP90',
  'handleMedian',
  'handleP90',
  'closeMedian',
  'closeP90',
] as const;
const counts = ['closed', 'open', 'upTheChain', 'withManager', 'nobody'] as const;
const codes: Code[] = [...staff, ...steps, ...times, ...counts];

const exactly = (value: number): Spread => ({ median: value, low: value, high: value });

function cellOf({ outcome, variant }: Column, code: Code): Cell {
  if (code === 'utilisation') return { spread: variant?.utilisation ?? null, unit: 'share' };
  if (code === 'accept' || code === 'handle' || code === 'verify') {
    const step = outcome.steps.find((one) => one.step === code && one.category === null);
    return { spread: step?.onTime ?? null, unit: 'share', ...(step ? { due: step.due.median } : {}) };
  }
  if (code === 'officers' || code === 'shiftHours' || code === 'uncoveredHours' || code === 'uncoveredCases')
    return { spread: variant && exactly(variant[code]), unit: 'count' };
  return { spread: outcome[code], unit: (times as readonly Code[]).includes(code) ? 'minutes' : 'count' };
}

/** A column for each way, and one for what really was. */
export function Comparison({ result }: { result: StaffingResult }) {
  const { t } = useTranslation('staffing');
  const { one, ends, number } = useSpread();
  const columns: Column[] = [
    ...(result.actual ? [{ key: '*', title: t('actual'), outcome: result.actual, variant: null }] : []),
    ...result.variants.map((variant) => ({
      key: variant.name,
      title: variant.name,
      outcome: variant.outcome,
      variant,
    })),
  ];
  const first = result.variants[0]?.name ?? '';
  return (
    <>
      <p className="muted">
        {t('compareText')} {result.actual && t('calibration', { name: first })}
      </p>
      <Table<{ code: Code }>
        size="small"
        rowKey="code"
        pagination={false}
        dataSource={codes.map((code) => ({ code }))}
        scroll={{ x: 220 + columns.length * 150 }}
        columns={[
          {
            title: t('figure'),
            key: 'figure',
            fixed: 'start',
            width: 190,
            render: (_, { code }) => t(`figures.${code}`),
          },
          ...columns.map((column) => ({
            title: column.title,
            key: column.key,
            width: 150,
            render: (_: unknown, { code }: { code: Code }) => {
              const { spread, unit, due } = cellOf(column, code);
              if (!spread) return '–';
              return (
                <div className="staffing-value">
                  <span>
                    {one(spread.median, unit)} <span className="muted">{ends(spread, unit)}</span>
                  </span>
                  {due !== undefined && <span className="muted">{t('due', { count: number(due, 0) as never })}</span>}
                </div>
              );
            },
          })),
        ]}
      />
    </>
  );
}
