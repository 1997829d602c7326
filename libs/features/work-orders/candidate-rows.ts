import { type CandidateFacts } from '@sc/contracts';
import { json, type NewRow } from '@sc/platform/database';
import type { Assignment } from './assignment.js';
import type { Considered } from './considered.js';

export type CandidateRow = Omit<NewRow<'workOrderCandidates'>, 'workOrderId' | 'level'>;

/** Everyone who was considered, as it is kept with the order. */
export const candidateRows = ({ considered }: Assignment, now: number): CandidateRow[] =>
  considered.map((one, place) => ({
    personId: one.option.personId,
    openOrders: one.option.openOrders,
    chosen: one.chosen,
    reason: one.reason,
    at: new Date(now),
    place,
    facts: json(factsOf(one)),
  }));

const factsOf = ({ option, who, called }: Considered): CandidateFacts => ({
  tier: option.tier,
  stepsUp: option.stepsUp,
  who,
  missingSkills: [...option.missingSkills],
  load: option.load,
  distanceM: option.distanceM,
  givenInShift: option.givenInShift,
  lastGivenAt: option.lastGivenAt === null ? null : new Date(option.lastGivenAt).toISOString(),
  onLeave: option.onLeave,
  called,
});
