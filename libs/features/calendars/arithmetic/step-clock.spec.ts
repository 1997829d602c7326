import type { CaseClock, CaseLimits, WorkOrderState } from '@sc/contracts';
import fc from 'fast-check';
import { calendarOf, chinaOffice } from './calendars.spec-support.js';
import { countedMs, dueAt } from './limits.js';
import { extended, leftOf, nextClock, timesOf } from './step-clock.js';

const hour = 3_600_000;
const calendar = calendarOf(chinaOffice);
const limits: CaseLimits = {
  accept: { amount: 30, unit: 'minutes' },
  handle: { amount: 240, unit: 'working-minutes' },
  verify: { amount: 2, unit: 'working-days' },
};
const monday = Date.parse('2026-04-13T09:00+08:00');
const iso = (ms: number | null) => ms && new Date(ms + 8 * hour).toISOString().slice(0, 16);

function play(steps: readonly [WorkOrderState, number][], own = limits): CaseClock | null {
  let [clock, from]: [CaseClock | null, WorkOrderState | null] = [null, null];
  for (const [to, at] of steps) {
    clock = nextClock(clock, { from, to, at, limits: own, calendar });
    from = to;
  }
  return clock;
}
const shown = (clock: CaseClock | null) => {
  const { warnAt, dueAt: due } = timesOf(clock!.now, calendar);
  return [clock!.now.step, iso(clock!.now.startedAt), iso(warnAt), iso(due)];
};

it('runs for acceptance from the registration, whoever is asked meanwhile', () => {
  const clock = play([
    ['registered', monday],
    ['dispatched', monday + 1000],
    ['dispatched', monday + 2 * hour],
  ]);
  expect(shown(clock)).toEqual(['accept', '2026-04-13T09:00', '2026-04-13T09:24', '2026-04-13T09:30']);
});

it('gives each step its limit, and none to a case that has ended', () => {
  const way: [WorkOrderState, number][] = [
    ['registered', monday],
    ['accepted', monday + hour],
    ['in-hand', monday + 2 * hour],
    ['reported', monday + 24 * hour],
    ['verified', monday + 25 * hour],
    ['closed', monday + 26 * hour],
  ];
  expect(shown(play(way.slice(0, 3)))).toEqual(['handle', '2026-04-13T10:00', '2026-04-13T14:42', '2026-04-13T15:30']);
  // Two working days: Wednesday and Thursday; 21 hours of work from Tuesday at nine, of which 16.8 are four fifths.
  expect(shown(play(way.slice(0, 5)))).toEqual(['verify', '2026-04-14T09:00', '2026-04-16T11:48', '2026-04-16T17:30']);
  expect(play(way)).toBeNull();
});

it('stands still while suspended and goes on with what was left', () => {
  const way: [WorkOrderState, number][] = [
    ['accepted', monday],
    ['suspended', monday + hour],
    ['accepted', monday + 24 * hour],
  ];
  const held = play(way.slice(0, 2));
  expect(timesOf(held!.now, calendar)).toEqual({ warnAt: null, dueAt: null });
  expect(leftOf(held!.now, monday + 20 * hour, calendar)).toBe(3 * hour);
  expect(shown(play(way))).toEqual(['handle', '2026-04-13T09:00', '2026-04-14T11:12', '2026-04-14T12:00']);
});

it('asks for acceptance anew after a suspension', () => {
  const clock = play([
    ['dispatched', monday],
    ['suspended', monday + hour / 4],
    ['dispatched', monday + 24 * hour],
  ]);
  expect(shown(clock)).toEqual(['accept', '2026-04-14T09:00', '2026-04-14T09:24', '2026-04-14T09:30']);
});

it('gives rework what was left of handling, and its report the whole time of verifying', () => {
  const way: [WorkOrderState, number][] = [
    ['in-hand', monday],
    ['reported', monday + hour],
    ['in-hand', monday + 48 * hour],
    ['reported', monday + 49 * hour],
    ['in-hand', monday + 72 * hour],
  ];
  expect(shown(play(way.slice(0, 3)))).toEqual(['handle', '2026-04-15T09:00', '2026-04-15T11:12', '2026-04-15T12:00']);
  expect(shown(play(way.slice(0, 4)))[3]).toBe('2026-04-17T17:30');
  expect(shown(play(way))[3]).toBe('2026-04-16T11:00');
});

it('begins anew for the next one when a case is returned', () => {
  const clock = play([
    ['in-hand', monday],
    ['reported', monday + hour],
    ['in-hand', monday + 2 * hour],
    ['dispatched', monday + 3 * hour],
    ['accepted', monday + 24 * hour],
  ]);
  expect(shown(clock)).toEqual(['handle', '2026-04-14T09:00', '2026-04-14T13:42', '2026-04-14T14:30']);
});

it('moves with an extension: from the deadline, or from now where that is over; also while suspended', () => {
  const running = play([['accepted', monday]])!.now;
  const later = extended(running, { amount: 60, unit: 'minutes' }, monday + hour, calendar);
  // Working minutes, as the limit has them: 14:30 + 1 h. Four fifths of five hours are four.
  expect(timesOf(later, calendar)).toEqual({ warnAt: monday + 5.5 * hour, dueAt: monday + 6.5 * hour });
  const days = extended(running, { amount: 1, unit: 'working-days' }, monday + hour, calendar);
  expect(iso(timesOf(days, calendar).dueAt)).toBe('2026-04-14T17:30');
  const over = extended(running, { amount: 60, unit: 'minutes' }, monday + 48 * hour, calendar);
  expect(timesOf(over, calendar).dueAt).toBe(monday + 49 * hour);
  const still = play([
    ['accepted', monday],
    ['suspended', monday + hour],
  ])!.now;
  expect(leftOf(extended(still, { amount: 60, unit: 'minutes' }, monday, calendar), monday, calendar)).toBe(4 * hour);
});

it('leaves a step without a limit alone', () => {
  const own = { ...limits, handle: null };
  const clock = play(
    [
      ['accepted', monday],
      ['suspended', monday + hour],
      ['accepted', monday + 2 * hour],
    ],
    own,
  );
  expect(shown(clock)).toEqual(['handle', '2026-04-13T09:00', null, null]);
  expect(extended(clock!.now, { amount: 1, unit: 'minutes' }, monday, calendar)).toBe(clock!.now);
});

it('neither ages nor gains by suspension, however often and whenever', () => {
  const units = fc.constantFrom('minutes' as const, 'working-minutes' as const, 'working-days' as const);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(30 * hour), fc.nat(100 * hour)), { maxLength: 6 }),
      fc.nat(200 * hour),
      units,
      (stops, start, unit) => {
        const limit = { amount: 9, unit };
        const begin = monday + start;
        const whole = countedMs(begin, dueAt(begin, limit, calendar), unit, calendar);
        let clock = nextClock(null, {
          from: null,
          to: 'accepted',
          at: begin,
          limits: { ...limits, handle: limit },
          calendar,
        });
        let [at, used] = [begin, 0];
        for (const [runs, rests] of stops) {
          used += countedMs(at, at + runs, unit, calendar);
          clock = nextClock(clock, { from: 'accepted', to: 'suspended', at: at + runs, limits, calendar });
          at += runs + rests;
          clock = nextClock(clock, { from: 'suspended', to: 'accepted', at, limits, calendar });
        }
        expect(leftOf(clock!.now, at, calendar)).toBe(whole - used);
      },
    ),
  );
});
