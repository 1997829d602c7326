import { type StepLimit, workingCalendarSchema } from '@sc/contracts';
import fc from 'fast-check';
import { calendarOf, chinaOffice, officeWeek } from './calendars.spec-support.js';
import { dueAt, elapsed, later } from './limits.js';
import { WorkingCalendar } from './working-calendar.js';

const hour = 3_600_000;
const day = 24 * hour;

/** Clocks that change by an hour, by half an hour, at midnight, that skipped a day, that never change. */
const zones = [
  'Asia/Shanghai',
  'Europe/Berlin',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'Africa/Casablanca',
  'Pacific/Apia',
  'Asia/Kathmandu',
  'UTC',
];
const time = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
/** From 04:00 on, and at the latest until 03:59 of the next day. */
const hours = fc
  .uniqueArray(fc.integer({ min: 0, max: 23 * 12 }), { maxLength: 6 })
  .map((marks) => marks.toSorted((a, b) => a - b).map((mark) => mark * 5 + 4 * 60))
  .map((marks) =>
    Array.from({ length: Math.floor(marks.length / 2) }, (_, n) => ({
      from: marks[2 * n]!,
      to: marks[2 * n + 1]!,
    }))
      .filter(({ from }) => from < 24 * 60)
      .map(({ from, to }) => ({ from: time(from), to: time(to % (24 * 60)) })),
  );
const begin = Date.UTC(2011, 11, 1);
const exceptions = fc.uniqueArray(
  fc.record({ day: fc.integer({ min: 0, max: 800 }), hours }).map(({ day: n, hours: own }) => ({
    date: new Date(begin + n * day).toISOString().slice(0, 10),
    name: 'x',
    hours: own,
  })),
  { maxLength: 30, selector: ({ date }) => date },
);
const calendars = fc
  .record({ timeZone: fc.constantFrom(...zones), week: fc.array(hours, { minLength: 7, maxLength: 7 }), exceptions })
  .filter(({ week }) => week.some((one) => one.length > 0))
  .map((data) => new WorkingCalendar(workingCalendarSchema.parse(data)));
const moments = fc.oneof(
  fc.integer({ min: 0, max: 700 * 24 * 60 }).map((minutes) => begin + minutes * 60_000),
  fc.integer({ min: begin, max: begin + 700 * day }),
);
const limits = fc.oneof(
  fc.record({
    amount: fc.integer({ min: 1, max: 3000 }),
    unit: fc.constantFrom('minutes' as const, 'working-minutes' as const),
  }),
  fc.record({ amount: fc.integer({ min: 1, max: 40 }), unit: fc.constant('working-days' as const) }),
);
const check = <T>(property: fc.IRawProperty<T>, numRuns = 100) => fc.assert(property, { numRuns });

describe('counting time by any calendar', () => {
  it('gives back the limit: what has gone when a deadline comes is the limit, and less a moment before', () => {
    check(
      fc.property(calendars, moments, limits, (calendar, start, limit) => {
        const due = dueAt(start, limit, calendar);
        expect(elapsed(start, due, limit.unit, calendar)).toBe(limit.amount);
        expect(elapsed(start, due - 1, limit.unit, calendar)).toBeLessThan(limit.amount);
      }),
    );
  });

  it('is monotone: who begins later is not due earlier, who has more is due later', () => {
    check(
      fc.property(calendars, moments, fc.nat(20 * day), limits, (calendar, start, more, limit) => {
        const due = dueAt(start, limit, calendar);
        expect(dueAt(start + more, limit, calendar)).toBeGreaterThanOrEqual(due);
        expect(dueAt(start, { ...limit, amount: limit.amount + 1 }, calendar)).toBeGreaterThan(due);
        expect(due).toBeGreaterThan(start);
      }),
    );
  });

  it('is additive in minutes, wherever the time is cut', () => {
    check(
      fc.property(calendars, moments, fc.nat(20 * day), fc.nat(20 * day), (calendar, a, first, second) => {
        const [b, c] = [a + first, a + first + second];
        for (const unit of ['minutes', 'working-minutes'] as const) {
          const parts = elapsed(a, b, unit, calendar) + elapsed(b, c, unit, calendar);
          expect(parts).toBeCloseTo(elapsed(a, c, unit, calendar), 6);
        }
        expect(calendar.between(a, c)).toBeLessThanOrEqual(c - a);
      }),
    );
  });

  it('goes back as it goes on', () => {
    check(
      fc.property(calendars, moments, fc.integer({ min: 1, max: 5 * day }), (calendar, at, ms) => {
        expect(calendar.between(later(at, -ms, 'working-minutes', calendar), at)).toBe(ms);
        expect(calendar.between(at, later(at, ms, 'working-minutes', calendar))).toBe(ms);
      }),
    );
  });

  it('counts the same minute by minute', () => {
    check(
      fc.property(calendars, moments, fc.integer({ min: 1, max: 24 * 12 }), (calendar, start, steps) => {
        let sum = 0;
        for (let n = 0; n < steps; n += 1) sum += calendar.between(start + n * 300_000, start + (n + 1) * 300_000);
        expect(sum).toBe(calendar.between(start, start + steps * 300_000));
      }),
    );
  });

  it('ends, however long the limit', () => {
    check(
      fc.property(
        calendars,
        moments,
        fc.constantFrom('working-days' as const, 'working-minutes' as const),
        (calendar, start, unit) => {
          const due = dueAt(start, { amount: 100_000, unit }, calendar);
          expect(due === Infinity || elapsed(start, due, unit, calendar) === 100_000).toBe(true);
        },
      ),
      10,
    );
  });
});

it('finds the deadlines of a list of 5,000 orders in a moment', () => {
  const calendar = calendarOf(chinaOffice);
  const limit: StepLimit = { amount: 3, unit: 'working-days' };
  const dues = Array.from({ length: 5_000 }, (_, n) => dueAt(Date.UTC(2026, 0, 1) + n * 4 * 60_000, limit, calendar));
  expect(dues.every(Number.isFinite)).toBe(true);
  expect(calendarOf({ ...chinaOffice, week: officeWeek }).isWorked(0)).toBe(true);
});
