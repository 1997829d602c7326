import { z } from 'zod';
import { instantSchema, slugSchema, uuidSchema } from '../ids.js';
import { chainAudienceSchema } from './escalation.js';

/** The comparisons that choose, in their order: the first that tells two people apart decides. */
export const comparisons = ['skill', 'nearness', 'load', 'distance', 'given', 'waited', 'id'] as const;
export type Comparison = (typeof comparisons)[number];

/** Why this person was chosen, or why not: the comparison that decided. */
export const candidateReasons = [
  'only-one',
  'has-skill',
  'nearer-tier',
  'least-load',
  'nearest',
  'fewest-given',
  'waited-longest',
  'first-by-id',
  'asked-again',
  'lacks-skill',
  'further-tier',
  'has-more-load',
  'further-away',
  'given-more',
  'given-later',
  'later-by-id',
  'already-asked',
  /** The chain had gone on from their step. */
  'step-over',
  'on-leave',
  // Of orders before the reasons were comparisons, and of a person's own choice.
  'next-on-shift',
  'community-on-shift',
  'manager',
  'by-hand',
] as const;
export const candidateReasonSchema = z.enum(candidateReasons);
export type CandidateReason = z.infer<typeof candidateReasonSchema>;

/** How near somebody stands to an order: of its team, of its duty grid, elsewhere in the community, or above. */
export const tiers = ['team', 'grid', 'community', 'named', 'operator', 'manager'] as const;

/** What the choice rested on, as it was at that moment. */
export const candidateFactsSchema = z.object({
  tier: z.enum(tiers),
  /** Steps up from the place for those above it; 0 for officers. */
  stepsUp: z.number().int(),
  /** The step of the chain that asked. */
  who: chainAudienceSchema,
  missingSkills: z.array(slugSchema),
  /** Orders in hand, each by its severity: 4 extreme, 3 severe, 2 moderate, 1 the rest. */
  load: z.number().int(),
  /** From where the last step was made within half an hour, else from the middle of the shift's area; `null`: not known. */
  distanceM: z.number().int().nullable(),
  /** Orders given in this shift, and when the last one was. */
  givenInShift: z.number().int(),
  lastGivenAt: instantSchema.nullable(),
  onLeave: z.boolean(),
  /** Called at once with everybody else. */
  called: z.boolean(),
});
export type CandidateFacts = z.infer<typeof candidateFactsSchema>;

/** Why this person was asked or not: kept with the order and shown. */
export const candidateSchema = z.object({
  personId: uuidSchema,
  personName: z.string(),
  openOrders: z.number().int(),
  chosen: z.boolean(),
  reason: candidateReasonSchema,
  /** The attempt; 0 is the first. */
  level: z.number().int(),
  at: instantSchema.nullable(),
  /** `null` for attempts from before they were kept. */
  facts: candidateFactsSchema.nullable(),
});
export type Candidate = z.infer<typeof candidateSchema>;
