import type { StaffingVariantResult } from '@sc/contracts';
import { outcomeOf, spreadOf } from './simulation/outcome.js';
import type { SimulationResult } from './simulation/simulation.js';
import type { Officer, PlannedCase } from './simulation/world.js';
import type { SiteHours } from './site-hours.js';

const hourMs = 3_600_000;
const mostPeople = 50;

interface Span {
  from: number;
  to: number;
}

/** One variant over all its runs. */
export function variantResult(
  name: string,
  officers: readonly Officer[],
  cases: readonly PlannedCase[],
  runs: readonly SimulationResult[],
  range: Span,
  hours: SiteHours,
): StaffingVariantResult {
  const shifts = officers.flatMap((officer) => officer.shifts.map((shift) => within(shift, range)));
  const shiftMs = sum(shifts);
  const gaps = gapsOf(shifts, range);
  const officerIds = new Set(officers.map(({ id }) => id));
  const busyOf = (run: SimulationResult) =>
    run.workers.filter(({ id }) => officerIds.has(id)).flatMap(({ busy }) => busy);
  const utilisations = shiftMs > 0 ? runs.map((run) => sum(busyOf(run)) / shiftMs) : [];
  const people = peopleOf(officers, runs, range);
  return {
    name,
    officers: officers.length,
    shiftHours: rounded(shiftMs / hourMs),
    uncoveredHours: rounded(sum(gaps) / hourMs),
    uncoveredCases: cases.filter(({ at }) => gaps.some(({ from, to }) => at >= from && at < to)).length,
    utilisation: spreadOf(utilisations),
    outcome: outcomeOf(
      runs.map(({ records }) => records),
      range.to,
    ),
    hours: byHour(cases, shifts, runs.map(busyOf), range, hours),
    people: people.slice(0, mostPeople),
    morePeople: Math.max(0, people.length - mostPeople),
  };
}

function peopleOf(officers: readonly Officer[], runs: readonly SimulationResult[], range: Span) {
  const workers = runs.map(({ workers: all }) => new Map(all.map((worker) => [worker.id, worker])));
  return officers
    .map(({ id, personId, name, shifts }) => {
      const shiftHours = sum(shifts.map((shift) => within(shift, range))) / hourMs;
      const mine = workers.map((of) => of.get(id)!);
      const busyHours = spreadOf(mine.map(({ busy }) => sum(busy) / hourMs))?.median ?? 0;
      return {
        personId,
        name,
        shiftHours: rounded(shiftHours),
        busyHours: rounded(busyHours),
        utilisation: shiftHours > 0 ? busyHours / shiftHours : null,
        orders: spreadOf(mine.map(({ handled }) => handled))?.median ?? 0,
      };
    })
    .sort((a, b) => b.busyHours - a.busyHours || (a.name < b.name ? -1 : 1));
}

/** Averages over the days of the range, by the hour of the site's clock. */
function byHour(
  cases: readonly PlannedCase[],
  shifts: readonly Span[],
  busy: readonly (readonly Span[])[],
  range: Span,
  hours: SiteHours,
): StaffingVariantResult['hours'] {
  const slots = Array.from({ length: 24 }, () => ({ lasts: 0, cases: 0, onShift: 0, busy: 0 }));
  // Hours of the range, each with its place on the clock: found once, however many shifts there are.
  const begin = Math.floor(range.from / hourMs) * hourMs;
  const places: number[] = [];
  for (let at = begin; at < range.to; at += hourMs) {
    const place = hours.hourOf(at);
    places.push(place);
    slots[place]!.lasts += Math.min(at + hourMs, range.to) - Math.max(at, range.from);
  }
  const spread = (spans: readonly Span[], key: 'onShift' | 'busy', weight: number) => {
    for (const { from, to } of spans)
      for (let n = Math.floor((from - begin) / hourMs); begin + n * hourMs < to; n += 1) {
        const place = places[n];
        if (place === undefined) continue;
        const start = begin + n * hourMs;
        slots[place]![key] += (Math.min(to, start + hourMs) - Math.max(from, start)) * weight;
      }
  };
  spread(shifts, 'onShift', 1);
  for (const spans of busy) spread(spans, 'busy', 1 / busy.length);
  for (const { at } of cases) slots[places[Math.floor((at - begin) / hourMs)] ?? 0]!.cases += 1;
  return slots.map((slot) => ({
    cases: slot.cases,
    onShift: slot.lasts ? rounded(slot.onShift / slot.lasts) : 0,
    busy: slot.lasts ? rounded(slot.busy / slot.lasts) : 0,
    utilisation: slot.onShift ? slot.busy / slot.onShift : null,
  }));
}

/** Where no span is. */
function gapsOf(spans: readonly Span[], { from, to }: Span): Span[] {
  const gaps: Span[] = [];
  let covered = from;
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    if (span.from > covered) gaps.push({ from: covered, to: span.from });
    covered = Math.max(covered, span.to);
  }
  if (covered < to) gaps.push({ from: covered, to });
  return gaps;
}

const within = ({ from, to }: Span, range: Span): Span => ({
  from: Math.max(from, range.from),
  to: Math.max(from, Math.min(to, range.to)),
});
const sum = (spans: readonly Span[]) => spans.reduce((all, { from, to }) => all + Math.max(0, to - from), 0);
const rounded = (value: number) => Math.round(value * 100) / 100;
