import { z } from 'zod';
import { ruleIssueSchema } from '../rule-issues.js';
import { reasonSchema } from '../text.js';

/** `?cursor=…&limit=…` of every list. */
export const pageQuerySchema = z.object({
  cursor: z.string().max(512).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type PageQuery = z.infer<typeof pageQuerySchema>;

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** Stable codes of problem details (RFC 9457); the console translates them as `problem.<code>`. */
export const problemCodes = [
  'invalid-request',
  'not-authenticated',
  'wrong-credentials',
  'too-many-attempts',
  'forbidden',
  'not-found',
  'already-exists',
  'conflict',
  'action-not-allowed',
  'beyond-limit',
  'handler-may-not-verify',
  'photo-required',
  'note-required',
  'already-accepted',
  'checklist-incomplete',
  'assistants-open',
  'not-assignable',
  'shift-overlaps',
  'in-use',
  'invalid-rule',
  'invalid-round-plan',
  'code-not-valid',
  'not-in-time',
  'too-many-exports',
  'too-many-back-tests',
  'too-many-plans',
  'too-large',
  'unsupported-media',
  'unavailable',
  'internal',
] as const;
export const problemCodeSchema = z.enum(problemCodes);
export type ProblemCode = z.infer<typeof problemCodeSchema>;

/** RFC 9457 problem details, `application/problem+json`. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: problemCodeSchema,
  /** For developers, in English. */
  detail: z.string().optional(),
  /** The same for people. */
  text: reasonSchema.optional(),
  /** Where the request is wrong: JSON path, and message in English or a code of the form in question; `text` is for people. */
  errors: z.array(z.object({ path: z.string(), message: z.string(), text: reasonSchema.optional() })).optional(),
  /** What is wrong with a rule, by code: people read the words of the console. */
  issues: z.array(ruleIssueSchema).optional(),
  /** Ask the operators about this id: it stands in the log. */
  correlationId: z.string().optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** A [longitude, latitude] pair, WGS-84 degrees. */
export const positionSchema = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
export type Position = z.infer<typeof positionSchema>;
