import { type StaffingAssumptions, staffingAssumptionsSchema } from '@sc/contracts';
import { aroundTheClock, WorkingCalendar } from '@sc/features/calendars';
import { defaultChains } from '@sc/features/escalation';
import fc from 'fast-check';
import { EventQueue } from './event-queue.js';
import { outcomeOf } from './outcome.js';
import { drawOf, timeAt } from './random.js';
import { Simulation, type SimulationResult } from './simulation.js';
import type { Officer, PlannedCase, World } from './world.js';

const hour = 3_600_000;
const from = Date.UTC(2026, 2, 2);
const to = from + 7 * 24 * hour;
const calendar = new WorkingCalendar(aroundTheClock('Asia/Shanghai'));
const path = ['d1', 'c1', 'g1'];
const mean = (minutes: number) => () => ({ kind: 'mean', mean: minutes }) as const;

const aCase = (at: number, more: Partial<PlannedCase> = {}): PlannedCase => ({
  at,
  category: 'lift',
  severity: 'moderate',
  areaId: 'g1',
  path,
  gridId: 'g1',
  communityId: 'c1',
  position: null,
  limits: { accept: { amount: 10, unit: 'minutes' }, handle: { amount: 120, unit: 'minutes' }, verify: null },
  skills: [],
  teamId: null,
  handlingMinutes: null,
  chain: defaultChains.moderate,
  calendar,
  ...more,
});
/** Three shifts of eight hours, one after the other, all days. */
const officers = (count: number, hours = 24): Officer[] =>
  Array.from({ length: count }, (_, n) => ({
    id: `o${n}`,
    name: `o${n}`,
    personId: null,
    skills: [],
    teams: [],
    shifts: Array.from({ length: 7 }, (__, day) => ({
      from: from + day * 24 * hour,
      to: from + day * 24 * hour + hours * hour,
      areaId: 'g1',
      path,
      centre: null,
    })),
  }));
const world = (more: Partial<World> = {}): World => ({
  from,
  to,
  cases: [],
  officers: officers(1),
  superiors: [],
  history: { accept: mean(2), handle: mean(30), verify: mean(20) },
  assumptions: staffingAssumptionsSchema.parse({}) as StaffingAssumptions,
  ...more,
});
function run(of: World, seed = 1): SimulationResult {
  const steps = new Simulation(of, seed).run();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
const manyCases = (count: number, seed: number) =>
  Array.from({ length: count }, (_, n) => aCase(from + Math.floor(drawOf(seed, n, 99) * 6.5 * 24 * hour))).sort(
    (a, b) => a.at - b.at,
  );

it('hands out what is to come by time, of one moment as it was added', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), (times) => {
      const queue = new EventQueue<number>();
      for (const [order, at] of times.entries()) queue.add(at, order);
      const expected = times.map((at, order) => ({ at, order })).sort((a, b) => a.at - b.at || a.order - b.order);
      expect(times.map(() => queue.next()!.event)).toEqual(expected.map(({ order }) => order));
      expect(queue.next()).toBeUndefined();
    }),
  );
});

it('draws evenly, and times around their mean', () => {
  const draws = Array.from({ length: 20_000 }, (_, n) => drawOf(7, n, 1));
  const times = draws.map((u, n) => timeAt({ kind: 'mean', mean: 30 }, u, drawOf(7, n, 2)));
  expect(draws.reduce((a, b) => a + b, 0) / draws.length).toBeCloseTo(0.5, 1);
  expect(times.reduce((a, b) => a + b, 0) / times.length).toBeGreaterThan(29);
  expect(times.reduce((a, b) => a + b, 0) / times.length).toBeLessThan(31);
});

it('goes as one would count it: accepted, one after the other, reported, closed', () => {
  const known = (minutes: number) => () => ({ kind: 'known', sorted: Float64Array.of(minutes) }) as const;
  const history = { accept: known(2), handle: known(30), verify: known(5) };
  const minute = 60_000;
  const { records, workers } = run(world({ cases: [aCase(from), aCase(from + minute)], history }));
  const minutes = (value: number | null) => (value === null ? null : (value - from) / minute);
  // 10 minutes on the way, as the place is not known.
  expect(records.map((one) => [one.acceptedAt, one.begunAt, one.reportedAt, one.closedAt].map(minutes))).toEqual([
    [2, 2, 42, 47],
    [3, 42, 82, 87],
  ]);
  expect(minutes(records[1]!.handleDue)).toBe(123);
  expect(workers[0]!.busy.reduce((sum, span) => sum + span.to - span.from, 0)).toBe(80 * minute);
});

it('sends what nobody accepts up the chain to a manager, and keeps what nobody can be asked for', () => {
  const slow = { accept: mean(100_000), handle: mean(30), verify: mean(5) };
  const superiors = [{ id: 'meg', role: 'manager' as const, areaId: 'c1' }];
  const up = run(world({ cases: [aCase(from)], history: slow, superiors })).records[0]!;
  expect(up).toMatchObject({ wentUp: true, acceptedAt: null });
  const alone = run(world({ cases: [aCase(from)], officers: [] })).records[0]!;
  expect(alone).toMatchObject({ nobody: true, givenAt: null, closedAt: null });
  // Nobody is there at noon: it waits for the shift of the next morning.
  const night = run(world({ cases: [aCase(from + 12 * hour)], officers: officers(1, 8) })).records[0]!;
  expect(night.givenAt! - from).toBeGreaterThanOrEqual(24 * hour);
  expect(night.givenAt! - from).toBeLessThan(24 * hour + 10 * 60_000);
});

it('is the same for the same seed, another for another', () => {
  const of = world({ cases: manyCases(300, 3), officers: officers(3, 12) });
  expect(run(of, 5).records).toEqual(run(of, 5).records);
  expect(run(of, 5).records).not.toEqual(run(of, 6).records);
});

it('loses no case and does none twice, whatever comes', () => {
  const shapes = fc.array(
    fc.record({
      at: fc.nat(7 * 24 * 60 - 1),
      severity: fc.constantFrom('extreme', 'moderate', 'minor'),
      grid: fc.constantFrom('g1', 'g2'),
    }),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(
      shapes,
      fc.nat(4),
      fc.integer({ min: 1, max: 24 }),
      fc.nat(1),
      fc.nat(1000),
      (drawn, count, hours, managers, seed) => {
        const cases = drawn
          .map(({ at, severity, grid }) =>
            aCase(from + at * 60_000, {
              severity,
              gridId: grid,
              path: ['d1', 'c1', grid],
              chain: defaultChains[severity as 'minor'],
            } as Partial<PlannedCase>),
          )
          .sort((a, b) => a.at - b.at);
        const superiors = managers ? [{ id: 'meg', role: 'manager' as const, areaId: 'c1' }] : [];
        const { records, workers } = run(world({ cases, officers: officers(count, hours), superiors }), seed);
        expect(records).toHaveLength(cases.length);
        for (const one of records) {
          const story = [one.at, one.givenAt, one.acceptedAt, one.begunAt, one.reportedAt, one.closedAt];
          const told = story.filter((at) => at !== null);
          expect(told).toEqual(told.toSorted((a, b) => a - b));
          // Nothing is skipped: what came later has all that comes before it.
          expect(story.slice(0, told.length)).toEqual(told);
        }
        const reported = records.filter(({ reportedAt }) => reportedAt !== null).length;
        expect(workers.reduce((sum, { handled }) => sum + handled, 0)).toBe(reported);
        for (const { busy } of workers)
          for (const [n, span] of busy.entries()) if (n) expect(span.from).toBeGreaterThanOrEqual(busy[n - 1]!.to);
        const { closed, open } = outcomeOf([records], to);
        expect(closed.median + open.median).toBe(cases.length);
      },
    ),
    { numRuns: 60 },
  );
});

it('does not do less, or wait longer, with more officers', () => {
  const cases = manyCases(260, 11);
  const outcomes = [1, 2, 3, 5].map((count) =>
    outcomeOf(
      [1, 2, 3].map((seed) => run(world({ cases, officers: officers(count) }), seed).records),
      to,
    ),
  );
  const closed = outcomes.map((one) => one.closed.median);
  const waits = outcomes.map((one) => one.waitP90!.median);
  expect(closed).toEqual(closed.toSorted((a, b) => a - b));
  expect(waits).toEqual(waits.toSorted((a, b) => b - a));
  expect(waits[0]).toBeGreaterThan(waits[3]!);
});
