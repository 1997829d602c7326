import { type CheckPoint, roundLimits } from '@sc/contracts';

export type RoundPoint = Omit<CheckPoint, 'codeMadeAt'>;
/** What somebody did, with the time they gave; `id` only breaks a tie, the same way everywhere. */
export interface GivenAnswer {
  id: string;
  checkPointId: string;
  itemKey: string;
  skipped: string | null;
  failed: boolean;
  at: Date;
  personId: string;
}
export interface GivenScan {
  checkPointId: string;
  at: Date;
  personId: string;
}

export interface Progress {
  required: number;
  /** Required items that have an answer or were skipped with a reason. */
  answered: number;
  /** Items, not answers. One that failed once stays failed: its case was opened. */
  failed: number;
  skipped: number;
  /** Items whose answer nobody can show to have been given on the spot. */
  withoutScan: number;
  /** Who did something first, and who gave the answer with which nothing was missing any more. */
  started: { at: Date; personId: string } | null;
  completed: { at: Date; personId: string } | null;
}

/** The answer that counts is the one given last, by the time of whoever gave it: the order of arrival does not matter. */
export function latestAnswers<A extends GivenAnswer>(answers: readonly A[]): Map<string, A> {
  const latest = new Map<string, A>();
  for (const answer of answers) {
    const before = latest.get(keyOf(answer));
    if (!before || isBefore(before, answer)) latest.set(keyOf(answer), answer);
  }
  return latest;
}

/** Whether the same person scanned the code of the place at about that time. */
export const isScanned = (answer: GivenAnswer, scans: readonly GivenScan[]): boolean =>
  scans.some(
    ({ checkPointId, personId, at }) =>
      checkPointId === answer.checkPointId &&
      personId === answer.personId &&
      Math.abs(+at - +answer.at) <= roundLimits.scanMinutes * 60_000,
  );

/** How far a round is: a function of what was given, as a set. */
export function progressOf(
  points: readonly RoundPoint[],
  answers: readonly GivenAnswer[],
  scans: readonly GivenScan[],
): Progress {
  const required = points.flatMap(({ id, checklist }) =>
    checklist.filter((item) => item.required).map(({ key }) => keyOf({ checkPointId: id, itemKey: key })),
  );
  const latest = latestAnswers(answers);
  const first = new Map<string, GivenAnswer>();
  for (const answer of answers) {
    const known = first.get(keyOf(answer));
    if (!known || isBefore(answer, known)) first.set(keyOf(answer), answer);
  }
  const firsts = required.flatMap((key) => first.get(key) ?? []);
  const acts = [...answers, ...scans].toSorted((a, b) => +a.at - +b.at || (a.personId < b.personId ? -1 : 1));
  const counted = [...latest.values()];
  return {
    required: required.length,
    answered: firsts.length,
    failed: new Set(answers.filter(({ failed }) => failed).map(keyOf)).size,
    skipped: counted.filter(({ skipped }) => skipped !== null).length,
    withoutScan: counted.filter((answer) => answer.skipped === null && !isScanned(answer, scans)).length,
    started: whoAndWhen(acts[0]),
    completed: firsts.length === required.length ? whoAndWhen(firsts.toSorted(compare).at(-1)) : null,
  };
}

const keyOf = ({ checkPointId, itemKey }: Pick<GivenAnswer, 'checkPointId' | 'itemKey'>): string =>
  `${checkPointId}/${itemKey}`;
const compare = (a: GivenAnswer, b: GivenAnswer): number => +a.at - +b.at || (a.id < b.id ? -1 : 1);
const isBefore = (a: GivenAnswer, b: GivenAnswer): boolean => compare(a, b) < 0;
const whoAndWhen = (act: { at: Date; personId: string } | undefined): Progress['started'] =>
  act ? { at: act.at, personId: act.personId } : null;
