import type { StaffingBlock, StaffingVariant } from '@sc/contracts';
import type { Officer, PlannedShift } from './simulation/world.js';
import type { SiteHours } from './site-hours.js';

export interface Roster {
  /** With their shifts as they were. */
  officers: readonly Officer[];
  /** Where an area is. */
  place(areaId: string): Pick<PlannedShift, 'path' | 'centre'>;
  /** What somebody has who does not exist yet: every skill that is asked for, so that only hours are compared. */
  skills: readonly string[];
}

interface Range {
  from: number;
  to: number;
}

/** Everybody of one variant with the shifts that fall in the range. */
export function officersOf(variant: StaffingVariant, roster: Roster, range: Range, hours: SiteHours): Officer[] {
  const away = new Set(variant.without);
  const kept = variant.keepShifts ? roster.officers.filter(({ personId }) => !personId || !away.has(personId)) : [];
  const added = variant.blocks.flatMap((block, n) => {
    const shifts = shiftsOf(block, roster.place(block.areaId), range, hours);
    return Array.from({ length: block.officers }, (_, k) => ({
      id: `new-${n + 1}-${k + 1}`,
      name: `+${n + 1}.${k + 1}`,
      personId: null,
      skills: roster.skills,
      teams: [],
      shifts,
    }));
  });
  return [...kept, ...added];
}

function shiftsOf(
  block: StaffingBlock,
  place: Pick<PlannedShift, 'path' | 'centre'>,
  { from, to }: Range,
  hours: SiteHours,
): PlannedShift[] {
  const shifts: PlannedShift[] = [];
  // A night shift of the day before may reach into the range.
  for (let day = hours.dayOf(from) - 1; day <= hours.dayOf(to); day += 1) {
    if (!block.weekdays.includes(hours.weekdayOf(day))) continue;
    const begin = hours.at(day, block.from);
    const end = hours.at(block.to > block.from ? day : day + 1, block.to);
    if (end > from && begin < to)
      shifts.push({ from: Math.max(begin, from), to: Math.min(end, to), areaId: block.areaId, ...place });
  }
  return shifts;
}

/** How many officers a variant has, before anything is made ready. */
export const officersAsked = ({ blocks }: StaffingVariant): number =>
  blocks.reduce((sum, { officers }) => sum + officers, 0);
