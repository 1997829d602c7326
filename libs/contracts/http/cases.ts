import { z } from 'zod';
import { checklistAnswerSchema, checklistItemSchema, checklistValueSchema, stepLimitSchema } from '../case.js';
import { areaIdSchema, instantSchema, slugSchema, uuidSchema } from '../ids.js';
import { textSchema } from '../text.js';
import { positionSchema } from './common.js';

const personSchema = z.object({ id: uuidSchema, name: z.string() });

/** Body of `POST /work-orders`: somebody of the staff found something. The same `key` again is the same case. */
export const reportCaseSchema = z.object({
  key: z.string().min(8).max(64),
  category: slugSchema,
  areaId: areaIdSchema,
  position: positionSchema.optional(),
  placement: z.string().trim().max(200).optional(),
  description: z.string().trim().min(1).max(2000),
  /** The finder solves it on the spot: nobody else is sent as long as the finder has it. */
  solving: z.boolean().default(false),
});
export type ReportCase = z.infer<typeof reportCaseSchema>;
export type ReportCaseInput = z.input<typeof reportCaseSchema>;

/** A demand for an answer, and the answer. */
export const urgeSchema = z.object({
  id: uuidSchema,
  urgedBy: personSchema,
  urgedAt: instantSchema,
  answerBy: instantSchema,
  note: z.string(),
  answeredBy: personSchema.nullable(),
  answeredAt: instantSchema.nullable(),
  answer: z.string().nullable(),
  /** Nobody answered in time: when the managers were told. */
  overdueAt: instantSchema.nullable(),
});
export type Urge = z.infer<typeof urgeSchema>;

/** Who helps: a team or a person. The lead cannot report while one is `open`. */
export const assistSchema = z.object({
  id: uuidSchema,
  team: z.object({ id: uuidSchema, name: textSchema }).nullable(),
  person: personSchema.nullable(),
  invitedBy: personSchema,
  invitedAt: instantSchema,
  note: z.string().nullable(),
  state: z.enum(['open', 'done', 'released']),
  endedBy: personSchema.nullable(),
  endedAt: instantSchema.nullable(),
  endNote: z.string().nullable(),
});
export type Assist = z.infer<typeof assistSchema>;

/** An item of the checklist and what was found; `inOrder`: the box is ticked, the number within its limits. */
export const answeredItemSchema = z.object({
  item: checklistItemSchema,
  value: checklistValueSchema.nullable(),
  inOrder: z.boolean().nullable(),
  answeredBy: personSchema.nullable(),
  answeredAt: instantSchema.nullable(),
});
export type AnsweredItem = z.infer<typeof answeredItemSchema>;

export const askedExtensionSchema = z.object({
  limit: stepLimitSchema,
  askedBy: personSchema,
  askedAt: instantSchema,
  reason: z.string(),
});

/** What single steps need besides a note; a step that needs none ignores it. */
export const stepDetailsSchema = z.object({
  /** Where the person is. */
  position: positionSchema.optional(),
  /** When the person took the step, by their phone: it may have been without a network. Told beside the time of arrival, counts for nothing. */
  takenAt: instantSchema.optional(),
  /** Of the checklist; kept with every step that comes from who works on it. */
  answers: z.array(checklistAnswerSchema).max(50).optional(),
  /** `suspend`: until when. */
  until: instantSchema.optional(),
  /** `urge`: until when an answer is wanted. */
  answerBy: instantSchema.optional(),
  /** `request-extension`: how much more time. */
  limit: stepLimitSchema.optional(),
  /** `assign`: to whom. `invite`: this person, or the team. */
  personId: uuidSchema.optional(),
  teamId: uuidSchema.optional(),
  /** `release` and `assist-done`: which; not needed where there is one. */
  assistId: uuidSchema.optional(),
  /** `merge`: the order that remains. */
  intoId: uuidSchema.optional(),
  /** `evaluate`: 1 bad to 5 good. */
  score: z.number().int().min(1).max(5).optional(),
});
