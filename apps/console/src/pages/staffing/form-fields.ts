import type { CreateStaffingPlan, createStaffingPlanSchema } from '@sc/contracts';
import type { z } from 'zod';

export type PlanRequest = z.input<typeof createStaffingPlanSchema>;
export type VariantFields = NonNullable<PlanRequest['variants']>[number];

export interface PlanFields {
  from: string;
  to: string;
  areaId: string;
  variants: VariantFields[];
  runs: number;
  seed: number;
  assumptions: CreateStaffingPlan['assumptions'];
}

export const everyDay = [1, 2, 3, 4, 5, 6, 7];
export const aBlock = (areaId: string) => ({ areaId, officers: 1, weekdays: everyDay, from: '08:00', to: '20:00' });

/** What the plan takes where nobody says otherwise. */
export const usualAssumptions: CreateStaffingPlan['assumptions'] = {
  travelKmPerHour: 4,
  travelMinutes: 10,
  acceptMinutes: 3,
  handlingMinutes: 30,
  verifyMinutes: 30,
};
