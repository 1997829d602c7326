import type { Leave, Override, Shift } from '@sc/contracts';

export interface OnDuty {
  personId: string;
  name: string;
  areaId: string;
  until: string;
}

/** Who is on duty where at a moment: shifts, without who is away or stood in for, and with who stands in. As the platform counts it. */
export function onDutyAt(
  plan: { shifts: readonly Shift[]; leave: readonly Leave[]; overrides: readonly Override[] },
  now: number,
): OnDuty[] {
  const holds = ({ startsAt, endsAt }: { startsAt: string; endsAt: string }) =>
    Date.parse(startsAt) <= now && now < Date.parse(endsAt);
  const away = new Set(plan.leave.filter(holds).map(({ personId }) => personId));
  const overrides = plan.overrides.filter(holds);
  const found = plan.shifts.filter(holds).flatMap(({ personId, personName, areaId, endsAt }): OnDuty[] => {
    const standIns = overrides.filter((one) => one.personId === personId && one.areaId === areaId);
    if (standIns.length === 0) return [{ personId, name: personName, areaId, until: endsAt }];
    return standIns.map((one) => ({
      personId: one.substituteId,
      name: one.substituteName,
      areaId,
      until: one.endsAt < endsAt ? one.endsAt : endsAt,
    }));
  });
  return found.filter(({ personId }) => !away.has(personId));
}
