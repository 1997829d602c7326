import { z } from 'zod';
import { slugSchema, uuidSchema } from './ids.js';
import { severitySchema } from './severity.js';
import { textSchema } from './text.js';

/** Where a case comes from: an alarm, somebody of the staff who found it, a round whose item failed, a resident. */
export const caseSources = ['alarm', 'person', 'round', 'resident'] as const;
export const caseSourceSchema = z.enum(caseSources);
export type CaseSource = z.infer<typeof caseSourceSchema>;

/** `minutes` run day and night; `working-minutes` and `working-days` by the working calendar of the place. */
export const limitUnits = ['minutes', 'working-minutes', 'working-days'] as const;
export const stepLimitSchema = z.object({
  amount: z.number().int().min(1).max(100_000),
  unit: z.enum(limitUnits),
});
export type StepLimit = z.infer<typeof stepLimitSchema>;
export const minutes = (amount: number): StepLimit => ({ amount, unit: 'minutes' });
export const hours = (amount: number): StepLimit => minutes(amount * 60);
export const workingHours = (amount: number): StepLimit => ({ amount: amount * 60, unit: 'working-minutes' });
export const workingDays = (amount: number): StepLimit => ({ amount, unit: 'working-days' });
/** How long that is at the least: a working day has eight hours of work, and nights and days off come on top. */
export const secondsOf = ({ amount, unit }: StepLimit): number => amount * (unit === 'working-days' ? 8 * 3600 : 60);

/** Steps with a clock: until accepted, from there until reported, from there until verified and closed. */
export const clockedSteps = ['accept', 'handle', 'verify'] as const;
export const clockedStepSchema = z.enum(clockedSteps);
export type ClockedStep = z.infer<typeof clockedStepSchema>;

/** How long each step may take; `null`: as long as it takes. Somebody must always accept in time. */
export const caseLimitsSchema = z.object({
  accept: stepLimitSchema,
  handle: stepLimitSchema.nullable(),
  verify: stepLimitSchema.nullable(),
});
export type CaseLimits = z.infer<typeof caseLimitsSchema>;

/** One thing to look at, answered before the order is reported. `number` has its unit and what is in order. */
export const checklistItemSchema = z.discriminatedUnion('kind', [
  z.object({ key: slugSchema, kind: z.literal('check'), title: textSchema, required: z.boolean() }),
  z.object({ key: slugSchema, kind: z.literal('text'), title: textSchema, required: z.boolean() }),
  z.object({
    key: slugSchema,
    kind: z.literal('number'),
    title: textSchema,
    required: z.boolean(),
    unit: z.string().max(16),
    min: z.number().optional(),
    max: z.number().optional(),
  }),
]);
export type ChecklistItem = z.infer<typeof checklistItemSchema>;
export const checklistSchema = z.array(checklistItemSchema).max(50);

/** `check`: whether it is in order; `text`; `number` in the item's unit. */
export const checklistValueSchema = z.union([z.boolean(), z.number(), z.string().trim().min(1).max(2000)]);
export type ChecklistValue = z.infer<typeof checklistValueSchema>;
export const checklistAnswerSchema = z.object({ key: slugSchema, value: checklistValueSchema });
export type ChecklistAnswer = z.infer<typeof checklistAnswerSchema>;

/** What a report must show: nothing, how it is now, or how it was and how it is now. */
export const proofs = ['none', 'photo', 'before-and-after'] as const;
export const proofSchema = z.enum(proofs);
export type Proof = z.infer<typeof proofSchema>;

/** Who may say that a case is solved: staff who did not handle it, or also the sensor that raised it. Never a sensor alone for life safety. */
export const verifiers = ['staff', 'sensor-or-staff'] as const;
export const verifierSchema = z.enum(verifiers);

/** What a kind of work asks for: an item of the catalogue, and what an order keeps of it from the moment it is registered. */
export const caseItemSchema = z.object({
  /** Kind of work; unique in the catalogue. Alarms of one building and category belong together. */
  category: slugSchema,
  title: textSchema,
  /** What to do on arrival. */
  instructions: textSchema,
  /** Of a case that nobody gave one: an alarm brings its own. */
  severity: severitySchema,
  limits: caseLimitsSchema,
  /** Skills that the work needs, all of them. */
  skills: z.array(slugSchema).max(10),
  /** Whose work it is, where it is not the officer of the duty grid. */
  teamId: uuidSchema.nullable(),
  checklist: checklistSchema,
  proof: proofSchema,
  verifier: verifierSchema,
  /** How long the condition must be over before a sensor says so, and how long it may go on after a report before it disagrees. */
  sensorMinutes: z
    .number()
    .int()
    .min(1)
    .max(24 * 60)
    .optional(),
});
export type CaseItem = z.infer<typeof caseItemSchema>;

/** More time that the handler asked for, and nobody granted or refused yet. */
export interface AskedExtension {
  limit: StepLimit;
  askedBy: string;
  askedAt: string;
  reason: string;
}

/** 0–80 % of the limit, 80–100 %, over it; `none`: nothing runs (no limit, suspended, ended). */
export const lights = ['none', 'normal', 'warning', 'overdue'] as const;
export const lightSchema = z.enum(lights);
export type Light = z.infer<typeof lightSchema>;
