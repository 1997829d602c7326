import type { DutyHours, SaveRotation } from '@sc/contracts';
import { dayAt, dayNumber, dayText, momentOf } from './zoned-time.js';

export type RotationPlanFacts = Pick<SaveRotation, 'timeZone' | 'firstDay' | 'lastDay' | 'memberIds' | 'plan'>;

/** One shift that a rotation asks for. */
export interface Slot {
  /** The same for the same shift, whenever it is asked for. */
  key: string;
  personId: string;
  startsAt: number;
  endsAt: number;
}

interface Hours {
  member: number;
  index: number;
  from: number;
  to: number;
}

const dayMinutes = 24 * 60;
const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const modulo = (value: number, by: number): number => ((value % by) + by) % by;

/** Shifts that touch a time; those of one member follow each other when `overlapOf` finds none. */
export function slotsOf(rotation: RotationPlanFacts, from: number, to: number): Slot[] {
  const { timeZone, firstDay, lastDay, memberIds } = rotation;
  const first = Math.max(dayNumber(firstDay), dayAt(from, timeZone) - 2);
  const last = Math.min(lastDay === null ? Infinity : dayNumber(lastDay), dayAt(to, timeZone));
  const slots: Slot[] = [];
  for (let day = first; day <= last; day += 1)
    for (const { member, index, from: begin, to: end } of hoursOn(rotation, day)) {
      const startsAt = momentOf(day, begin, timeZone);
      const endsAt = momentOf(day + Math.floor(end / dayMinutes), end % dayMinutes, timeZone);
      // Hours that the clocks leave out altogether are no shift.
      if (startsAt >= to || endsAt <= from || endsAt <= startsAt) continue;
      slots.push({ key: `${dayText(day)}/${member}/${index}`, personId: memberIds[member]!, startsAt, endsAt });
    }
  return slots.sort((a, b) => a.startsAt - b.startsAt || (a.key < b.key ? -1 : 1));
}

/** The first day on which somebody would be on duty twice at once, by this plan. */
export function overlapOf(rotation: RotationPlanFacts): { personId: string; day: string } | undefined {
  const { plan, memberIds } = rotation;
  const first = dayNumber(rotation.firstDay);
  const cycle = plan.kind === 'turns' ? plan.turnDays * memberIds.length : plan.days.length;
  const until = new Map<string, number>();
  for (let day = first; day <= first + cycle + 1; day += 1) {
    const hours = hoursOn(rotation, day).sort((a, b) => a.from - b.from);
    for (const { member, from, to } of hours) {
      const personId = memberIds[member]!;
      if ((until.get(personId) ?? -Infinity) > day * dayMinutes + from) return { personId, day: dayText(day) };
      until.set(personId, day * dayMinutes + to);
    }
  }
  return undefined;
}

function hoursOn({ plan, memberIds, firstDay }: RotationPlanFacts, day: number): Hours[] {
  const passed = day - dayNumber(firstDay);
  const of = (member: number, hours: readonly DutyHours[]): Hours[] =>
    hours.map(({ from, to }, index) => {
      const [begin, end] = [minutesOf(from), minutesOf(to)];
      return { member, index, from: begin, to: end > begin ? end : end + dayMinutes };
    });
  if (plan.kind === 'turns') return of(Math.floor(passed / plan.turnDays) % memberIds.length, plan.hours);
  return memberIds.flatMap((_, member) =>
    of(member, plan.days[modulo(passed - member * plan.offsetDays, plan.days.length)]!),
  );
}
