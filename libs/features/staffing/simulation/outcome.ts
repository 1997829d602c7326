import { clockedSteps, type ClockedStep, type Spread, type StaffingOutcome, type StaffingStep } from '@sc/contracts';
import type { CaseRecord } from './world.js';

const minute = 60_000;

/** What one run came to: numbers that runs are put together of. */
interface Figures {
  steps: Map<string, { onTime: number; due: number }>;
  acceptMedian: number | null;
  acceptP90: number | null;
  waitMedian: number | null;
  waitP90: number | null;
  handleMedian: number | null;
  handleP90: number | null;
  closeMedian: number | null;
  closeP90: number | null;
  closed: number;
  open: number;
  upTheChain: number;
  withManager: number;
  nobody: number;
}

/** The outcome of several runs of the same staffing, or of what really was as one run. Open cases are judged as at `end`. */
export function outcomeOf(runs: readonly (readonly CaseRecord[])[], end: number): StaffingOutcome {
  const figures = runs.map((records) => figuresOf(records, end));
  const of = (pick: (one: Figures) => number): Spread => spreadOf(figures.map(pick))!;
  const maybe = (pick: (one: Figures) => number | null) => spreadOf(figures.map(pick).filter((one) => one !== null));
  const keys = [...new Set(figures.flatMap(({ steps }) => [...steps.keys()]))].sort();
  return {
    steps: keys.map((key): StaffingStep => {
      const [step, category] = key.split(' ') as [ClockedStep, string];
      return {
        step,
        category: category || null,
        onTime: maybe(({ steps }) => shareOf(steps.get(key))),
        due: of(({ steps }) => steps.get(key)?.due ?? 0),
      };
    }),
    acceptMedian: maybe((one) => one.acceptMedian),
    acceptP90: maybe((one) => one.acceptP90),
    waitMedian: maybe((one) => one.waitMedian),
    waitP90: maybe((one) => one.waitP90),
    handleMedian: maybe((one) => one.handleMedian),
    handleP90: maybe((one) => one.handleP90),
    closeMedian: maybe((one) => one.closeMedian),
    closeP90: maybe((one) => one.closeP90),
    closed: of((one) => one.closed),
    open: of((one) => one.open),
    upTheChain: of((one) => one.upTheChain),
    withManager: of((one) => one.withManager),
    nobody: of((one) => one.nobody),
  };
}

/** The middle, of an even number the lower one; the least and the greatest. */
export function spreadOf(values: readonly number[]): Spread | null {
  if (!values.length) return null;
  const sorted = values.toSorted((a, b) => a - b);
  return { median: rank(sorted, 0.5)!, low: sorted[0]!, high: sorted.at(-1)! };
}

const shareOf = (count: { onTime: number; due: number } | undefined) => (count?.due ? count.onTime / count.due : null);

function figuresOf(records: readonly CaseRecord[], end: number): Figures {
  const steps: Figures['steps'] = new Map(clockedSteps.map((step) => [`${step} `, { onTime: 0, due: 0 }]));
  for (const record of records)
    for (const step of clockedSteps) {
      const verdict = verdictOf(record, step, end);
      if (verdict === null) continue;
      for (const key of [`${step} `, `${step} ${record.category}`]) {
        const count = steps.get(key) ?? { onTime: 0, due: 0 };
        steps.set(key, { onTime: count.onTime + (verdict ? 1 : 0), due: count.due + 1 });
      }
    }
  const times = (from: keyof CaseRecord, to: keyof CaseRecord) =>
    records
      .map((record) => minutesBetween(record[from] as number | null, record[to] as number | null))
      .filter((one) => one !== null)
      .sort((a, b) => a - b);
  const accept = times('givenAt', 'acceptedAt');
  const wait = times('acceptedAt', 'begunAt');
  const handle = times('acceptedAt', 'reportedAt');
  const close = times('at', 'closedAt');
  const count = (is: (record: CaseRecord) => boolean) => records.filter(is).length;
  return {
    steps,
    acceptMedian: rank(accept, 0.5),
    acceptP90: rank(accept, 0.9),
    waitMedian: rank(wait, 0.5),
    waitP90: rank(wait, 0.9),
    handleMedian: rank(handle, 0.5),
    handleP90: rank(handle, 0.9),
    closeMedian: rank(close, 0.5),
    closeP90: rank(close, 0.9),
    closed: count(({ closedAt }) => closedAt !== null),
    open: count(({ closedAt }) => closedAt === null),
    upTheChain: count(({ wentUp }) => wentUp),
    withManager: count(({ withManager }) => withManager),
    nobody: count(({ nobody }) => nobody),
  };
}

/** In time or not; `null`: no limit, not begun, or neither done nor over. */
function verdictOf(record: CaseRecord, step: ClockedStep, end: number): boolean | null {
  const [due, done] = {
    accept: [record.acceptDue, record.acceptedAt] as const,
    handle: [record.handleDue, record.reportedAt] as const,
    verify: [record.verifyDue, record.closedAt] as const,
  }[step];
  if (due === null) return null;
  if (done !== null) return done <= due;
  return due < end ? false : null;
}

const minutesBetween = (from: number | null, to: number | null) =>
  from === null || to === null ? null : (to - from) / minute;

/** Nearest rank, as in the figures of evaluation. */
const rank = (sorted: readonly number[], share: number): number | null =>
  sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
