import type { StepLimit } from '@sc/contracts';

const units: Record<string, { unit: StepLimit['unit']; times: number }> = {
  minutes: { unit: 'minutes', times: 1 },
  hours: { unit: 'minutes', times: 60 },
  'working-minutes': { unit: 'working-minutes', times: 1 },
  'working-hours': { unit: 'working-minutes', times: 60 },
  'working-days': { unit: 'working-days', times: 1 },
};
const words: Record<string, keyof typeof units> = {
  minute: 'minutes',
  min: 'minutes',
  分钟: 'minutes',
  hour: 'hours',
  h: 'hours',
  小时: 'hours',
  'working-minute': 'working-minutes',
  工作分钟: 'working-minutes',
  'working-hour': 'working-hours',
  工作时: 'working-hours',
  工作小时: 'working-hours',
  'working-day': 'working-days',
  工作日: 'working-days',
};

export const writeLimit = (limit: StepLimit | null): string => (limit ? `${limit.amount} ${limit.unit}` : '');

/** `30 minutes`, `4 working-hours`, `2 工作日`; `undefined` for what is none of these. */
export function readLimit(cell: string): StepLimit | undefined {
  const [, digits, rest] = /^(\d{1,6})\s*(\D+)$/.exec(cell) ?? [];
  if (!digits || !rest) return undefined;
  const word = rest.trim().toLowerCase().replaceAll(' ', '-');
  const known = units[words[word] ?? word];
  const amount = Number(digits) * (known?.times ?? 1);
  return known && amount >= 1 && amount <= 100_000 ? { amount, unit: known.unit } : undefined;
}
