import { workingCalendarSchema } from '@sc/contracts';
import { calendarOf, chinaOffice, officeWeek } from './calendars.spec-support.js';
import { dueAt, elapsed, light } from './limits.js';

const at = (local: string, zone = '+08:00') => Date.parse(`${local}${zone}`);
const china = calendarOf(chinaOffice);
const minutes = (amount: number) => ({ amount, unit: 'working-minutes' }) as const;
const days = (amount: number) => ({ amount, unit: 'working-days' }) as const;
const iso = (ms: number) => new Date(ms).toISOString();

it('stops for the night, the noon and the weekend', () => {
  expect(iso(dueAt(at('2026-04-13T11:30'), minutes(60), china))).toBe(iso(at('2026-04-13T14:00')));
  expect(iso(dueAt(at('2026-04-17T17:00'), minutes(240), china))).toBe(iso(at('2026-04-20T14:00')));
  expect(iso(dueAt(at('2026-04-18T10:00'), minutes(1), china))).toBe(iso(at('2026-04-20T09:01')));
});

it('rests on a holiday and works on the Saturday that makes up for it', () => {
  expect(iso(dueAt(at('2026-04-30T17:00'), minutes(60), china))).toBe(iso(at('2026-05-06T09:30')));
  expect(iso(dueAt(at('2026-05-08T17:00'), minutes(60), china))).toBe(iso(at('2026-05-09T09:30')));
  expect(iso(dueAt(at('2026-04-30T10:00'), days(1), china))).toBe(iso(at('2026-05-06T17:30')));
  expect(iso(dueAt(at('2026-05-08T10:00'), days(2), china))).toBe(iso(at('2026-05-11T17:30')));
});

it('does not count the day of the start, and ends a working day with its work (Civil Code, art. 201 and 203)', () => {
  expect(iso(dueAt(at('2026-04-13T08:00'), days(2), china))).toBe(iso(at('2026-04-15T17:30')));
  expect(iso(dueAt(at('2026-04-13T23:00'), days(2), china))).toBe(iso(at('2026-04-15T17:30')));
  expect(elapsed(at('2026-04-13T08:00'), at('2026-04-15T17:29'), 'working-days', china)).toBe(1);
});

it('never asks the calendar for minutes', () => {
  expect(dueAt(at('2026-05-01T03:00'), { amount: 3, unit: 'minutes' }, china)).toBe(at('2026-05-01T03:03'));
});

it('gives a night shift to the day on which it begins, also into a holiday', () => {
  const night = [{ from: '22:00', to: '06:00' }];
  const calendar = calendarOf({
    timeZone: 'Asia/Shanghai',
    week: [night, night, night, night, night, [], []],
    exceptions: [{ date: '2026-04-14', name: 'off', hours: [] }],
  });
  expect(iso(dueAt(at('2026-04-13T23:00'), minutes(7 * 60), calendar))).toBe(iso(at('2026-04-14T06:00')));
  expect(iso(dueAt(at('2026-04-13T23:00'), minutes(7 * 60 + 1), calendar))).toBe(iso(at('2026-04-15T22:01')));
  expect(iso(dueAt(at('2026-04-13T03:00'), days(1), calendar))).toBe(iso(at('2026-04-16T06:00')));
});

it('works an hour less in the night in which clocks go forward, an hour more when they go back', () => {
  const night = [{ from: '22:00', to: '06:00' }];
  const berlin = calendarOf({
    timeZone: 'Europe/Berlin',
    week: Array.from({ length: 7 }, () => night),
    exceptions: [],
  });
  expect(berlin.between(at('2026-03-28T21:00', '+01:00'), at('2026-03-29T12:00', '+02:00'))).toBe(7 * 3_600_000);
  expect(berlin.between(at('2026-10-24T21:00', '+02:00'), at('2026-10-25T12:00', '+01:00'))).toBe(9 * 3_600_000);
});

it('shows the light of a moment', () => {
  const clock = { warnAt: 80, dueAt: 100 };
  expect([0, 79, 80, 99, 100].map((now) => light(clock, now))).toEqual([
    'normal',
    'normal',
    'warning',
    'warning',
    'overdue',
  ]);
  expect(light({ warnAt: null, dueAt: null }, 5)).toBe('none');
});

describe('a calendar that is saved', () => {
  const ok = (change: object) => workingCalendarSchema.safeParse({ ...chinaOffice, ...change }).success;

  it('has work in every year', () => {
    const off = (from: string, count: number) =>
      Array.from({ length: count }, (_, n) => ({
        date: new Date(Date.parse(from) + n * 86_400_000).toISOString().slice(0, 10),
        name: 'off',
        hours: [],
      }));
    expect(ok({ week: Array.from({ length: 7 }, () => []), exceptions: [] })).toBe(false);
    expect(ok({ exceptions: off('2026-01-01', 360) })).toBe(true);
    expect(ok({ exceptions: off('2026-01-01', 367) })).toBe(false);
  });

  it('names each moment once: no span, day or night into another', () => {
    const day = (...hours: object[]) => ({ week: [hours, ...officeWeek.slice(1)] });
    expect(ok(day({ from: '00:00', to: '24:00' }))).toBe(true);
    expect(ok(day({ from: '08:00', to: '12:00' }, { from: '11:59', to: '13:00' }))).toBe(false);
    expect(ok(day({ from: '22:00', to: '09:00' }))).toBe(true);
    expect(ok(day({ from: '22:00', to: '09:01' }))).toBe(false);
    expect(ok(day({ from: '08:00', to: '08:00' }))).toBe(false);
    expect(ok({ exceptions: [...chinaOffice.exceptions, chinaOffice.exceptions[0]] })).toBe(false);
    expect(ok({ timeZone: 'Mars/Olympus' })).toBe(false);
  });
});
