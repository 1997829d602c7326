import type { StaffingAssumptions } from '@sc/contracts';
import { type Times, timesOf } from '../simulation/random.js';
import type { CaseRecord, History } from '../simulation/world.js';

const minute = 60_000;

type Question = 'accept' | 'handle' | 'verify';

/** What a time is measured between; handling from the moment somebody set out, where that was said. */
const between: Record<Question, (record: CaseRecord) => [number | null, number | null]> = {
  // Of one that went up the chain it says how long others did not answer.
  accept: ({ givenAt, acceptedAt, wentUp }) => (wentUp ? [null, null] : [givenAt, acceptedAt]),
  handle: ({ acceptedAt, begunAt, reportedAt }) => [begunAt ?? acceptedAt, reportedAt],
  verify: ({ reportedAt, closedAt }) => [reportedAt, closedAt],
};

export interface KnownHistory extends History {
  /** How many cases each question rests on. */
  readonly known: Record<Question, number>;
}

/** How long things took: per category, where it has too few of all, where there are none as assumed. */
export function historyOf(records: readonly CaseRecord[], assumptions: StaffingAssumptions): KnownHistory {
  const means: Record<Question, number> = {
    accept: assumptions.acceptMinutes,
    handle: assumptions.handlingMinutes,
    verify: assumptions.verifyMinutes,
  };
  const known = { accept: 0, handle: 0, verify: 0 };
  const answer = (question: Question): ((category: string) => Times) => {
    const samples = new Map<string, number[]>();
    const all: number[] = [];
    for (const record of records) {
      const [from, to] = between[question](record);
      if (from === null || to === null || to < from) continue;
      const minutes = (to - from) / minute;
      all.push(minutes);
      const own = samples.get(record.category);
      if (own) own.push(minutes);
      else samples.set(record.category, [minutes]);
    }
    known[question] = all.length;
    const overall = timesOf(all, { kind: 'mean', mean: means[question] });
    const byCategory = new Map([...samples].map(([category, own]) => [category, timesOf(own, overall)]));
    return (category) => byCategory.get(category) ?? overall;
  };
  return { accept: answer('accept'), handle: answer('handle'), verify: answer('verify'), known };
}
