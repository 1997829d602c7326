import type { CandidateFacts, CandidateReason, Comparison } from '@sc/contracts';

/** Somebody who could be asked, with all that the choice rests on. */
export interface Option {
  personId: string;
  tier: CandidateFacts['tier'];
  /** Of managers and operators: how far above the place; 0 for officers. */
  stepsUp: number;
  /** Of the skills that the work needs; nobody asks a manager to have them. */
  missingSkills: readonly string[];
  /** All that have not ended; for people to read. */
  openOrders: number;
  /** What is in hand, each order by `weightOf` its severity. */
  load: number;
  /** `null`: not known where they are, or where the order is. */
  distanceM: number | null;
  givenInShift: number;
  /** Instant in ms; `null`: none in this shift. */
  lastGivenAt: number | null;
  /** Would be on shift, but is away: told with the choice, never chosen. */
  onLeave: boolean;
}

interface Named {
  by: Comparison;
  /** The smaller goes first. */
  value(option: Option): number | string;
  won: CandidateReason;
  lost: CandidateReason;
}

/** A few metres more or less are no reason: the next comparison decides between those who are about as far. */
const metresThatMatter = 100;

const nearness: Readonly<Record<Option['tier'], number>> = {
  team: 0,
  grid: 1,
  community: 2,
  named: 3,
  operator: 4,
  manager: 5,
};

/** No place is this many steps below the root. */
const mostSteps = 100;

/**
 * The comparisons in their order: the first that tells two people apart decides, and is what people are told. No weights: a
 * sum of unlike things cannot be followed, a list can. The last one only makes the answer the same each time.
 */
const named: readonly Named[] = [
  { by: 'skill', value: ({ missingSkills }) => missingSkills.length, won: 'has-skill', lost: 'lacks-skill' },
  {
    by: 'nearness',
    value: ({ tier, stepsUp }) => nearness[tier] * mostSteps + stepsUp,
    won: 'nearer-tier',
    lost: 'further-tier',
  },
  { by: 'load', value: ({ load }) => load, won: 'least-load', lost: 'has-more-load' },
  {
    by: 'distance',
    value: ({ distanceM }) => (distanceM === null ? Infinity : Math.floor(distanceM / metresThatMatter)),
    won: 'nearest',
    lost: 'further-away',
  },
  { by: 'given', value: ({ givenInShift }) => givenInShift, won: 'fewest-given', lost: 'given-more' },
  { by: 'waited', value: ({ lastGivenAt }) => lastGivenAt ?? -Infinity, won: 'waited-longest', lost: 'given-later' },
  { by: 'id', value: ({ personId }) => personId, won: 'first-by-id', lost: 'later-by-id' },
];

/** What tells these two apart; `undefined` for the same person. */
export const tellsApart = (a: Option, b: Option): Named | undefined => named.find(({ value }) => value(a) !== value(b));

/** Negative when `a` is asked before `b`. */
export function compareOptions(a: Option, b: Option): number {
  const decisive = tellsApart(a, b);
  return decisive === undefined ? 0 : decisive.value(a) < decisive.value(b) ? -1 : 1;
}
