import type { Leave, Override, RoundCalendar, RoundState, Shift, Text } from '@sc/contracts';
import { dayOf, mondayOf, plusDays } from '../../lib/site-day.js';

export const entryKinds = ['shift', 'stand-in', 'leave', 'round'] as const;
export type EntryKind = (typeof entryKinds)[number];
export const calendarViews = ['week', 'month'] as const;
export type CalendarView = (typeof calendarViews)[number];

/** One thing of a calendar: a shift, somebody standing in or away, a round that is there or will be. */
export interface Entry {
  key: string;
  kind: EntryKind;
  startsAt: number;
  endsAt: number;
  /** Whose it is; a round may be nobody's yet. */
  people: string[];
  name: string | Text | null;
  title: Text | null;
  areaId: string | null;
  /** Of a round; `null` when it is not made yet. */
  state: RoundState | null;
  leaveKind: Leave['kind'];
  to: string;
}

/** The days that are shown: a week from Monday, or a month with the days around it that fill its weeks. */
export function daysShown(view: CalendarView, day: string): string[] {
  const first = mondayOf(view === 'week' ? day : `${day.slice(0, 7)}-01`);
  const weeks = [first];
  if (view === 'month')
    for (let next = plusDays(first, 7); next.slice(0, 7) <= day.slice(0, 7); next = plusDays(next, 7)) weeks.push(next);
  return weeks.flatMap((monday) => [0, 1, 2, 3, 4, 5, 6].map((i) => plusDays(monday, i)));
}

/** A day of the week or month before or after. */
export function stepped(view: CalendarView, day: string, by: 1 | -1): string {
  if (view === 'week') return plusDays(day, 7 * by);
  const first = `${day.slice(0, 7)}-01`;
  return by === 1 ? `${plusDays(first, 31).slice(0, 7)}-01` : `${plusDays(first, -1).slice(0, 7)}-01`;
}

const dayMs = 24 * 3_600_000;

/** What stands on that day: a night shift and a round where they begin, what is longer than a day on each of its days. */
export function entriesOn(day: string, entries: readonly Entry[], timeZone: string): Entry[] {
  return entries.filter(({ kind, startsAt, endsAt }) => {
    const first = dayOf(startsAt, timeZone);
    if (kind === 'round' || (kind === 'shift' && endsAt - startsAt <= dayMs)) return first === day;
    return first <= day && day <= dayOf(endsAt - 1, timeZone);
  });
}

const rarity: Record<EntryKind, number> = { leave: 0, 'stand-in': 1, round: 2, shift: 3 };

/** Where only a few lines are shown: who is away comes before who is there every day. */
export const rareFirst = (entries: readonly Entry[]): Entry[] =>
  entries.toSorted((a, b) => rarity[a.kind] - rarity[b.kind] || a.startsAt - b.startsAt);

interface Sources {
  shifts: readonly Shift[];
  overrides: readonly Override[];
  leave: readonly Leave[];
  rounds: RoundCalendar | undefined;
}

/** All of it in the order of time. */
export function entriesOf({ shifts, overrides, leave, rounds }: Sources): Entry[] {
  const nothing = { title: null, areaId: null, state: null, leaveKind: null, to: '/shifts' };
  const time = ({ startsAt, endsAt }: { startsAt: string; endsAt: string }) => ({
    startsAt: Date.parse(startsAt),
    endsAt: Date.parse(endsAt),
  });
  const all: Entry[] = [
    ...shifts.map((s): Entry => {
      const whose = { people: [s.personId], name: s.personName, areaId: s.areaId };
      return { ...nothing, key: s.id, kind: 'shift', ...time(s), ...whose };
    }),
    ...overrides.map((o): Entry => {
      const whose = { people: [o.substituteId, o.personId], name: `${o.substituteName} → ${o.personName}` };
      return { ...nothing, key: o.id, kind: 'stand-in', ...time(o), ...whose, areaId: o.areaId };
    }),
    ...leave.map((l): Entry => {
      const whose = { people: [l.personId], name: l.personName, leaveKind: l.kind };
      return { ...nothing, key: l.id, kind: 'leave', ...time(l), ...whose };
    }),
    ...(rounds?.rounds ?? []).map((r): Entry => {
      const what = { title: r.title, areaId: r.areaId, state: r.state, to: `/rounds/${r.id}` };
      const whose = { people: r.assigneeId ? [r.assigneeId] : [], name: r.assigneeName };
      return { ...nothing, key: r.id, kind: 'round', ...roundTime(r), ...whose, ...what };
    }),
    ...(rounds?.planned ?? []).map((r): Entry => {
      const what = { title: r.title, areaId: r.areaId, to: '/rounds?tab=plans' };
      const whose = { people: r.personId ? [r.personId] : [], name: null };
      return { ...nothing, key: `${r.planId} ${r.startsAt}`, kind: 'round', ...roundTime(r), ...whose, ...what };
    }),
  ];
  return all.toSorted((a, b) => a.startsAt - b.startsAt || (a.key < b.key ? -1 : 1));
}

const roundTime = ({ startsAt, dueAt }: { startsAt: string; dueAt: string }) => ({
  startsAt: Date.parse(startsAt),
  endsAt: Date.parse(dueAt),
});
