import type { Candidate } from '@sc/contracts';

/** Somebody who could be asked; lists come best first (least load, then id) from the directory. */
interface Option {
  personId: string;
  openOrders: number;
}

export interface AssignmentInput {
  /** On shift in the duty grid. */
  grid: readonly Option[];
  /** On shift anywhere in the community. */
  community: readonly Option[];
  /** Of the area, the nearest first. */
  managers: readonly Option[];
  /** Everyone who was asked to take this order before. */
  asked: ReadonlySet<string>;
  /** Whose it is now. */
  holderId: string | null;
}

type StoredCandidate = Omit<Candidate, 'personName'>;
export type Assignment =
  | { kind: 'assign'; personId: string; candidates: StoredCandidate[] }
  /** Everyone was asked: it stays where it is, and that person is told again. */
  | { kind: 'remind'; personId: string }
  | { kind: 'nobody' };

/** Reasons shown with an order: more would be noise, and the table stays small. */
const mostCandidates = 50;

/**
 * Who is asked next: the officers of the duty grid, then those of the community, then the managers upwards. Once a
 * manager has it, it does not go down again. The same input gives the same answer.
 */
export function assign({ grid, community, managers, asked, holderId }: AssignmentInput): Assignment {
  const officers = asked.size ? 'next-on-shift' : 'least-load';
  const tiers: { options: readonly Option[]; reason: Candidate['reason'] }[] = [
    { options: grid, reason: officers },
    { options: community, reason: 'community-on-shift' },
    { options: managers, reason: 'manager' },
  ];
  const withManager = managers.some(({ personId }) => personId === holderId);
  const seen = new Map<string, StoredCandidate>();
  for (const { options, reason } of withManager ? tiers.slice(2) : tiers) {
    const chosen = options.find(({ personId }) => !asked.has(personId));
    for (const { personId, openOrders } of options) {
      if (seen.has(personId)) continue;
      const isChosen = personId === chosen?.personId;
      const other = asked.has(personId) ? 'already-asked' : 'has-more-load';
      seen.set(personId, { personId, openOrders, chosen: isChosen, reason: isChosen ? reason : other });
    }
    if (chosen) return { kind: 'assign', personId: chosen.personId, candidates: shortened([...seen.values()]) };
  }
  return holderId ? { kind: 'remind', personId: holderId } : { kind: 'nobody' };
}

function shortened(candidates: StoredCandidate[]): StoredCandidate[] {
  const [chosen, others] = [candidates.filter((c) => c.chosen), candidates.filter((c) => !c.chosen)];
  return [...chosen, ...others].slice(0, mostCandidates);
}
