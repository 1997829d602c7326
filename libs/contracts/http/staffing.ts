import { z } from 'zod';
import { clockedStepSchema } from '../case.js';
import { areaIdSchema, instantSchema, slugSchema, uuidSchema } from '../ids.js';
import { textSchema } from '../text.js';
import { timeOfDaySchema } from '../wall-clock.js';

/** A month with the nights around it. */
export const longestStaffingMs = 62 * 86_400_000;
/** What one plan may be made of: a simulation of it ends within minutes. */
export const staffingLimits = { cases: 20_000, officers: 500, variants: 6, runs: 20, csvBytes: 900_000 } as const;

/** So many officers more, on these days, from one hour to another (over midnight where `to` is not after `from`), by the site's clock. */
export const staffingBlockSchema = z.object({
  areaId: areaIdSchema,
  officers: z.number().int().min(1).max(100),
  /** 1 Monday to 7 Sunday: the day on which it begins. */
  weekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7),
  from: timeOfDaySchema,
  to: timeOfDaySchema,
});
export type StaffingBlock = z.infer<typeof staffingBlockSchema>;

/** One way to staff the month. */
export const staffingVariantSchema = z.object({
  name: z.string().trim().min(1).max(60),
  /** With the shifts as they were; else only with the blocks. */
  keepShifts: z.boolean(),
  /** People whose shifts are left out. */
  without: z.array(uuidSchema).max(100).default([]),
  blocks: z.array(staffingBlockSchema).max(20).default([]),
});
export type StaffingVariant = z.infer<typeof staffingVariantSchema>;

/** What is assumed where history does not say. */
export const staffingAssumptionsSchema = z.object({
  /** Of people on their way, between two places. */
  travelKmPerHour: z.number().min(0.5).max(60).default(4),
  /** Where one of two places is not known. */
  travelMinutes: z.number().min(0).max(240).default(10),
  /** Until somebody on shift accepts, on average, where nobody ever accepted one of that category. */
  acceptMinutes: z.number().min(0.1).max(240).default(3),
  /** Of a case whose category has no history. */
  handlingMinutes: z.number().min(1).max(1440).default(30),
  /** From report to close, where nothing was ever verified. */
  verifyMinutes: z.number().min(0.1).max(10_080).default(30),
});
export type StaffingAssumptions = z.infer<typeof staffingAssumptionsSchema>;

export const createStaffingPlanSchema = z
  .object({
    /** Cases of this area and all below it; what the asking person sees when left out. */
    areaId: areaIdSchema.optional(),
    /** From when to when: of cases of the site those that were registered then; shifts are those of this time. */
    from: instantSchema,
    to: instantSchema,
    /** Cases as a table instead of those of the site: at, areaId, category, severity and, where known, handlingMinutes. */
    csv: z.string().max(staffingLimits.csvBytes).optional(),
    variants: z.array(staffingVariantSchema).min(1).max(staffingLimits.variants),
    /** The same seed gives the same answer. */
    seed: z.number().int().min(0).max(2_147_483_647).default(1),
    /** Each with a seed of its own; what is told is the middle and the ends. */
    runs: z.number().int().min(1).max(staffingLimits.runs).default(5),
    assumptions: staffingAssumptionsSchema.prefault({}),
  })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), { path: ['to'], message: 'must be after `from`' })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= longestStaffingMs, {
    path: ['to'],
    message: 'at most 62 days after `from`',
  })
  .refine(({ variants }) => new Set(variants.map(({ name }) => name)).size === variants.length, {
    path: ['variants'],
    message: 'give each variant a name of its own',
  });
export type CreateStaffingPlan = z.infer<typeof createStaffingPlanSchema>;

/** Over the runs: the middle one, the least and the greatest. */
export const spreadSchema = z.object({ median: z.number(), low: z.number(), high: z.number() });
export type Spread = z.infer<typeof spreadSchema>;
const maybeSpreadSchema = spreadSchema.nullable();

export const staffingStepSchema = z.object({
  step: clockedStepSchema,
  /** `null`: all of them. */
  category: slugSchema.nullable(),
  /** Share in time of those that were due; `null`: none was. */
  onTime: maybeSpreadSchema,
  due: spreadSchema,
});
export type StaffingStep = z.infer<typeof staffingStepSchema>;

/** What came of one way to staff the month. Times are minutes. */
export const staffingOutcomeSchema = z.object({
  steps: z.array(staffingStepSchema),
  /** From dispatch to acceptance. */
  acceptMedian: maybeSpreadSchema,
  acceptP90: maybeSpreadSchema,
  /** From acceptance until somebody sets out: what lies before it in the same hands. */
  waitMedian: maybeSpreadSchema,
  waitP90: maybeSpreadSchema,
  /** From acceptance to report. */
  handleMedian: maybeSpreadSchema,
  handleP90: maybeSpreadSchema,
  /** From registration to the end. */
  closeMedian: maybeSpreadSchema,
  closeP90: maybeSpreadSchema,
  closed: spreadSchema,
  /** Neither closed nor voided when the range ends. */
  open: spreadSchema,
  /** Somebody else had to be asked than the first. */
  upTheChain: spreadSchema,
  /** Ended with a manager. */
  withManager: spreadSchema,
  /** Registered while nobody at all could be asked. */
  nobody: spreadSchema,
});
export type StaffingOutcome = z.infer<typeof staffingOutcomeSchema>;

export const staffingVariantResultSchema = z.object({
  name: z.string(),
  officers: z.number().int(),
  /** Of shifts, added up over officers. */
  shiftHours: z.number(),
  /** Hours of the range in which no officer of the area was on shift. */
  uncoveredHours: z.number(),
  /** Cases that were registered in them. */
  uncoveredCases: z.number().int(),
  /** Travelling or working ÷ on shift. Above 1: work went on after the end of shifts. */
  utilisation: maybeSpreadSchema,
  outcome: staffingOutcomeSchema,
  /** By hour of the site's clock, 0 to 23. `onShift`, `busy`: officers on average. */
  hours: z.array(
    z.object({ cases: z.number(), onShift: z.number(), busy: z.number(), utilisation: z.number().nullable() }),
  ),
  /** Middle of the runs, most busy first. `personId` null: one who does not exist yet. */
  people: z.array(
    z.object({
      personId: uuidSchema.nullable(),
      name: z.string(),
      shiftHours: z.number(),
      busyHours: z.number(),
      utilisation: z.number().nullable(),
      orders: z.number(),
    }),
  ),
  morePeople: z.number().int(),
});
export type StaffingVariantResult = z.infer<typeof staffingVariantResultSchema>;

/** What the simulation takes for granted, with the number it took. `text`: said in both languages. */
export const staffingPremiseSchema = z.object({ code: slugSchema, text: textSchema });
export type StaffingPremise = z.infer<typeof staffingPremiseSchema>;

export const staffingResultSchema = z.object({
  cases: z.number().int(),
  categories: z.array(z.object({ category: slugSchema, title: textSchema.nullable(), cases: z.number().int() })),
  seeds: z.array(z.number().int()),
  premises: z.array(staffingPremiseSchema),
  /** The same figures as they really were; `null`: the cases are not those of the site. */
  actual: staffingOutcomeSchema.nullable(),
  variants: z.array(staffingVariantResultSchema),
  /** Wall time of the simulation. */
  tookMs: z.number().int(),
});
export type StaffingResult = z.infer<typeof staffingResultSchema>;

export const staffingPlanStates = ['waiting', 'running', 'done', 'failed'] as const;
/** Why a plan ended without a result. */
export const staffingErrors = ['no-cases', 'too-large', 'too-slow', 'rights-lost', 'interrupted', 'failed'] as const;

export const staffingPlanSchema = z.object({
  id: uuidSchema,
  state: z.enum(staffingPlanStates),
  /** 0 to 1. */
  progress: z.number().min(0).max(1),
  error: z.enum(staffingErrors).nullable(),
  areaId: areaIdSchema,
  from: instantSchema,
  to: instantSchema,
  /** From a table, not from the site. */
  fromTable: z.boolean(),
  seed: z.number().int(),
  runs: z.number().int(),
  variants: z.array(staffingVariantSchema),
  assumptions: staffingAssumptionsSchema,
  createdAt: instantSchema,
  finishedAt: instantSchema.nullable(),
  /** Then it is removed. */
  expiresAt: instantSchema.nullable(),
  /** In a list it is left out. */
  result: staffingResultSchema.nullable(),
});
export type StaffingPlan = z.infer<typeof staffingPlanSchema>;
