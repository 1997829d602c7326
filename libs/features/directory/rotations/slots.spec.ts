import fc from 'fast-check';
import { overlapOf, type RotationPlanFacts, slotsOf } from './slots.js';
import { momentOf } from './zoned-time.js';

const iso = (at: number) => new Date(at).toISOString();
const day = { from: '06:00', to: '18:00' };
const night = { from: '18:00', to: '06:00' };
const crews: RotationPlanFacts = {
  timeZone: 'Asia/Shanghai',
  firstDay: '2026-01-30',
  lastDay: null,
  memberIds: ['ann', 'bob', 'cai'],
  plan: { kind: 'pattern', days: [[day], [day], [night], [night], [], []], offsetDays: 2 },
};
const weekly: RotationPlanFacts = {
  ...crews,
  timeZone: 'Europe/Berlin',
  plan: { kind: 'turns', turnDays: 7, hours: [{ from: '08:00', to: '08:00' }] },
};

it('leads each member through the days, one behind the other, over the end of a month', () => {
  const slots = slotsOf(crews, Date.parse('2026-01-29T22:00Z'), Date.parse('2026-02-02T22:00Z'));
  expect(slots.map(({ personId, startsAt }) => `${personId} ${iso(startsAt).slice(5, 13)}`)).toEqual([
    'ann 01-29T22',
    'cai 01-30T10',
    'ann 01-30T22',
    'cai 01-31T10',
    'bob 01-31T22',
    'ann 02-01T10',
    'bob 02-01T22',
    'ann 02-02T10',
  ]);
});

it('a turn of 24 hours lasts 23 and 25 when the clocks change, and nobody notices a gap', () => {
  const spring = slotsOf(weekly, Date.parse('2026-03-27T12:00Z'), Date.parse('2026-03-31T12:00Z'));
  const hours = spring.map(({ startsAt, endsAt }) => (endsAt - startsAt) / 3_600_000);
  expect(hours).toEqual([24, 23, 24, 24, 24]);
  const autumn = slotsOf(weekly, Date.parse('2026-10-24T12:00Z'), Date.parse('2026-10-25T12:00Z'));
  expect(autumn.map(({ startsAt, endsAt }) => (endsAt - startsAt) / 3_600_000)).toEqual([25, 24]);
});

it('an hour that the clocks leave out is later, one that comes twice is the first', () => {
  const berlin = (date: string, minutes: number) =>
    iso(momentOf(Date.parse(date) / 86_400_000, minutes, 'Europe/Berlin')).slice(11, 16);
  expect(berlin('2026-03-29', 150)).toBe('01:30');
  expect(berlin('2026-10-25', 150)).toBe('00:30');
});

it('finds somebody who would be on duty twice', () => {
  expect(overlapOf(crews)).toBeUndefined();
  expect(overlapOf(weekly)).toBeUndefined();
  const late = { from: '18:00', to: '07:00' };
  expect(overlapOf({ ...crews, plan: { kind: 'pattern', days: [[late], [day]], offsetDays: 1 } })).toMatchObject({
    personId: 'ann',
    day: '2026-01-31',
  });
  expect(overlapOf({ ...weekly, plan: { kind: 'turns', turnDays: 1, hours: [day, day] } })).toBeDefined();
});

const zones = fc.constantFrom(
  'Asia/Shanghai',
  'Europe/Berlin',
  'America/Sao_Paulo',
  'Pacific/Chatham',
  'America/St_Johns',
);
const someDay = fc
  .integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2027, 0, 1) })
  .map((at) => new Date(at).toISOString().slice(0, 10));

it('covers every moment from the first day on, once, wherever and whenever it is asked', () => {
  const rotations: fc.Arbitrary<RotationPlanFacts> = fc.record({
    timeZone: zones,
    firstDay: someDay,
    lastDay: fc.constant(null),
    memberIds: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 }),
    plan: fc.record({
      kind: fc.constant('turns' as const),
      turnDays: fc.integer({ min: 1, max: 30 }),
      hours: fc.constantFrom([{ from: '08:00', to: '08:00' }], [day, night]),
    }),
  });
  fc.assert(
    fc.property(rotations, fc.nat(400), fc.integer({ min: 1, max: 30 }), (rotation, skip, days) => {
      const from = Date.parse(rotation.firstDay) + (skip + 2) * 86_400_000;
      const to = from + days * 86_400_000;
      const slots = slotsOf(rotation, from, to);
      for (const [i, slot] of slots.entries()) if (i) expect(slot.startsAt).toBe(slots[i - 1]!.endsAt);
      expect(slots[0]!.startsAt).toBeLessThanOrEqual(from);
      expect(slots.at(-1)!.endsAt).toBeGreaterThanOrEqual(to);
      // asked for in two pieces: the same shifts under the same keys
      const middle = from + Math.floor((to - from) / 2);
      const pieces = [...slotsOf(rotation, from, middle), ...slotsOf(rotation, middle, to)];
      expect(new Map(pieces.map((slot) => [slot.key, slot]))).toEqual(new Map(slots.map((slot) => [slot.key, slot])));
    }),
    { numRuns: 50 },
  );
});
