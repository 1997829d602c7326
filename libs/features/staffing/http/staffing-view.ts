import { createStaffingPlanSchema, staffingErrors, type StaffingPlan } from '@sc/contracts';
import type { StaffingRow } from '../staffing-store.js';

/** In a list the result is left out: it may be some hundred kilobytes. */
export function staffingView(row: Omit<StaffingRow, 'result'>, result: StaffingRow['result'] = null): StaffingPlan {
  const { variants, seed, runs, assumptions, from, to, csv } = createStaffingPlanSchema.parse(row.question);
  return {
    id: row.id,
    state: row.state,
    progress: row.progress,
    error: staffingErrors.find((code) => code === row.error) ?? (row.state === 'failed' ? 'failed' : null),
    areaId: row.areaId,
    from,
    to,
    fromTable: csv !== undefined,
    seed,
    runs,
    variants,
    assumptions,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    result,
  };
}
