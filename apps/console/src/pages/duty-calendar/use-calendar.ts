import { mayBeOnShift } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { leaveQuery, overridesQuery } from '../../api/directory.js';
import { peopleQuery, shiftsQuery, useAreas } from '../../api/queries.js';
import { roundCalendarQuery } from '../../api/rounds.js';
import { instantOf, plusDays } from '../../lib/site-day.js';
import { entriesOf, type Entry, type EntryKind } from './entries.js';

export interface CalendarFilter {
  areaId: string | undefined;
  personId: string | undefined;
  kinds: readonly EntryKind[];
}

/** What is planned in those days. Each source has its own question: what fails is told, what came is shown. */
export function useCalendar(days: readonly string[], timeZone: string, { areaId, personId, kinds }: CalendarFilter) {
  const from = new Date(instantOf(days[0]!, '00:00', timeZone)).toISOString();
  const to = new Date(instantOf(plusDays(days.at(-1)!, 1), '00:00', timeZone)).toISOString();
  const area = areaId ? { areaId } : {};
  const shifts = useQuery(shiftsQuery({ from, to, ...area }));
  const rounds = useQuery(roundCalendarQuery({ from, to, ...area }));
  const overrides = useQuery(overridesQuery({ from, to }));
  const leave = useQuery(leaveQuery({ from, to }));
  const isIn = useIsIn(areaId);
  const entries = useMemo(() => {
    const all = entriesOf({
      shifts: shifts.data?.items ?? [],
      overrides: (overrides.data?.items ?? []).filter((one) => isIn.area(one.areaId)),
      leave: (leave.data?.items ?? []).filter((one) => isIn.person(one.personId)),
      rounds: rounds.data,
    });
    return all.filter(({ kind, people }) => kinds.includes(kind) && (!personId || people.includes(personId)));
  }, [shifts.data, overrides.data, leave.data, rounds.data, isIn, kinds, personId]);
  const queries = [shifts, rounds, overrides, leave];
  const failed = queries.find(({ error }) => error);
  return {
    entries,
    names: useNames(entries),
    isCut: rounds.data?.isCut ?? false,
    isPending: queries.some((query) => query.isPending),
    error: failed?.error,
    retry: () => queries.forEach((query) => query.error && void query.refetch()),
  };
}

/** Leave is of people, and a person is of an area. */
function useIsIn(areaId: string | undefined) {
  const areas = useAreas();
  const people = useQuery(peopleQuery).data;
  return useMemo(() => {
    const below = new Set(areas.filter(({ path }) => !areaId || path.includes(areaId)).map(({ id }) => id));
    const area = (id: string) => !areaId || below.has(id);
    const areaOf = new Map(people?.items.map((person) => [person.id, person.areaId]));
    return { area, person: (id: string) => !areaId || area(areaOf.get(id) ?? '') };
  }, [areas, people, areaId]);
}

/** Whom one may ask for: officers, and whoever else stands in the calendar. */
function useNames(entries: readonly Entry[]): { value: string; label: string }[] {
  const people = useQuery(peopleQuery).data?.items ?? [];
  const names = new Map(people.filter(({ role }) => mayBeOnShift(role)).map(({ id, name }) => [id, name]));
  for (const {
    kind,
    people: [id],
    name,
  } of entries)
    if (id && typeof name === 'string' && kind !== 'stand-in') names.set(id, name);
  return [...names].map(([value, label]) => ({ value, label })).toSorted((a, b) => a.label.localeCompare(b.label));
}
