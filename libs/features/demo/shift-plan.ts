const hour = 3_600_000;
/** Eight hours, so that shifts change at 00:00, 08:00 and 16:00 both in UTC and in China. */
export const shiftMs = 8 * hour;
export const dayMs = 24 * hour;
/** The control room changes at 08:00 and 20:00 in China. */
export const deskTurnMs = 12 * hour;

export interface PlannedShift {
  login: string;
  areaId: string;
  startsAt: number;
  endsAt: number;
}

/**
 * Who is on shift in an area from the shift that holds `from` for at least `days` days. The two officers take turns, so
 * that somebody is there at any moment; three turns a day for two people also means that each sees day and night.
 * The same moment always belongs to the same person: planning again later agrees with what was planned before.
 */
export function planShifts(
  areaId: string,
  officers: readonly [string, string],
  from: number,
  days: number,
  turnMs = shiftMs,
): PlannedShift[] {
  const first = Math.floor(from / turnMs);
  const last = Math.ceil((from + days * dayMs) / turnMs);
  const plan: PlannedShift[] = [];
  for (let turn = first; turn < last; turn += 1)
    plan.push({ login: officers[turn % 2 ? 1 : 0], areaId, startsAt: turn * turnMs, endsAt: (turn + 1) * turnMs });
  return plan;
}

/** The first day of a rotation of whole days in China from 08:00 whose members take the same turns as `planShifts`: an even one. */
export const rotationDay = (now: number): string =>
  new Date(Math.floor(now / dayMs / 2) * 2 * dayMs).toISOString().slice(0, 10);
