/** From (inclusive) to (exclusive), in ms. */
export interface Span {
  from: number;
  to: number;
}
interface Of {
  personId: string;
}
interface At extends Of {
  areaId: string;
}
export type DutySpan = At & Span;

/** What is written down about duty. */
export interface DutyPlan {
  shifts: readonly (At & Span)[];
  leave: readonly (Of & Span)[];
  overrides: readonly (At & Span & { substituteId: string })[];
}

/** Who is on duty where and when: `onDuty` asks the database the same for one moment. */
export function dutySpans({ shifts, leave, overrides }: DutyPlan): DutySpan[] {
  const away = byPerson(leave);
  const standIns = byPerson(overrides);
  return shifts.flatMap(({ personId, areaId, from, to }) => {
    const replaced = (standIns.get(personId) ?? []).filter((override) => override.areaId === areaId);
    const own = without([{ from, to }], [...(away.get(personId) ?? []), ...replaced]);
    const others = replaced.flatMap(({ substituteId, ...override }) => {
      const taken = { from: Math.max(from, override.from), to: Math.min(to, override.to) };
      return without([taken], away.get(substituteId) ?? []).map((span) => ({
        ...span,
        personId: substituteId,
        areaId,
      }));
    });
    return [...own.map((span) => ({ ...span, personId, areaId })), ...others];
  });
}

/** What is left of the spans when the others are taken away; in order. */
export function without(spans: readonly Span[], taken: readonly Span[]): Span[] {
  const holes = taken.toSorted((a, b) => a.from - b.from);
  return spans
    .flatMap(({ from, to }) => {
      const left: Span[] = [];
      let start = from;
      for (const hole of holes) {
        if (hole.from >= to) break;
        if (hole.from > start) left.push({ from: start, to: hole.from });
        start = Math.max(start, hole.to);
      }
      if (start < to) left.push({ from: start, to });
      return left;
    })
    .sort((a, b) => a.from - b.from);
}

function byPerson<T extends Of>(rows: readonly T[]): Map<string, T[]> {
  const lists = new Map<string, T[]>();
  for (const row of rows) lists.set(row.personId, [...(lists.get(row.personId) ?? []), row]);
  return lists;
}
