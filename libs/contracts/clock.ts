import { z } from 'zod';
import { clockedStepSchema, type ClockedStep, lightSchema, limitUnits, type StepLimit } from './case.js';
import { instantSchema } from './ids.js';
import type { WorkOrderState } from './work-order.js';

/** Which step's clock an order in this state has; a suspended order's stands still, an ended one has none. */
export const stepOfState = {
  registered: 'accept',
  dispatched: 'accept',
  accepted: 'handle',
  'in-hand': 'handle',
  reported: 'verify',
  verified: 'verify',
} as const satisfies Partial<Record<WorkOrderState, ClockedStep>>;

export const stepOf = (state: WorkOrderState): ClockedStep | undefined =>
  (stepOfState as Partial<Record<WorkOrderState, ClockedStep>>)[state];

/** The clock of one step as an order keeps it. Times are ms since the epoch. */
export interface StepClock {
  step: ClockedStep;
  startedAt: number;
  /** `null`: as long as it takes. */
  limit: StepLimit | null;
  /** Since when it runs; `null`: it stands still, or has no limit. */
  since: number | null;
  /** What was left, and how long the whole was, in counted time, when it last began to run; `null`: all of the limit. */
  rest: { leftMs: number; totalMs: number } | null;
}

/** The clock of the present step, and the one of handling while its report is looked at. */
export interface CaseClock {
  now: StepClock;
  handle: StepClock | null;
}

/** As the API shows it. */
export const orderClockSchema = z.object({
  step: clockedStepSchema,
  startedAt: instantSchema,
  /** When four fifths are gone; null: no limit, or suspended. */
  warnAt: instantSchema.nullable(),
  dueAt: instantSchema.nullable(),
  light: lightSchema,
  /** What is left, below zero when it is over; also of one that is suspended. Null: no limit. */
  left: z.object({ amount: z.number().int(), unit: z.enum(limitUnits) }).nullable(),
});
export type OrderClock = z.infer<typeof orderClockSchema>;
