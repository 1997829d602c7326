import { z } from 'zod';
import { reasonSchema } from './text.js';

/**
 * What can be wrong with a rule. The console says for each what it means and what to do (`rules.issue.<code>`); params fill
 * the words. The first ones are about its shape, the others about its meaning.
 */
export const checkCodes = [
  'missing',
  'wrong-type',
  'too-small',
  'too-big',
  'too-short',
  'too-long',
  'wrong-format',
  'not-one-of',
  'unknown-field',
  'contradiction',
  'blank-text',
  'too-large',
  'too-many-rules',
  'id-taken',
  'id-fixed',
  'unknown-domain',
  'domain-fixed',
  'unknown-metric',
  'metric-not-numeric',
  'metric-not-boolean',
  'level-out-of-range',
  'always-raised',
  'never-cleared',
  'gap-shorter-than-usual',
  'delay-without-gap',
  'silence-shorter-than-usual',
  'unknown-event',
  'begins-and-ends',
  'listed-twice',
  'never-ends',
  'needs-both-ends',
  'no-level',
  'levels-without-own',
  'unknown-area',
  'unknown-device',
  'device-of-other-domain',
  'unknown-category',
  'no-work-order-template',
  'life-safety-hours',
  'too-few-members',
  'window-too-short',
] as const;
export type CheckCode = (typeof checkCodes)[number];

/** One mistake in a rule: where, what and, by the code, the remedy. The console has words for each code. */
export const ruleIssueSchema = z.object({
  path: z.string(),
  code: z.enum(checkCodes),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** What the schema itself says, for people; `params.message` is the same in English. */
  text: reasonSchema.optional(),
});
export type RuleIssue = z.infer<typeof ruleIssueSchema>;
