import { dayOf, instantOf, mondayOf, plusDays } from './site-day.js';

const iso = (day: string, time: string, zone: string) => new Date(instantOf(day, time, zone)).toISOString();

it('knows the moment of a wall clock, with and without summer time', () => {
  expect(iso('2026-11-22', '06:00', 'Asia/Shanghai')).toBe('2026-11-21T22:00:00.000Z');
  expect(iso('2026-07-01', '06:00', 'Europe/Berlin')).toBe('2026-07-01T04:00:00.000Z');
  expect(iso('2026-12-01', '06:00', 'Europe/Berlin')).toBe('2026-12-01T05:00:00.000Z');
  // the clocks change at 02:00 on this day
  expect(iso('2026-03-29', '00:00', 'Europe/Berlin')).toBe('2026-03-28T23:00:00.000Z');
  expect(iso('2026-03-29', '06:00', 'Europe/Berlin')).toBe('2026-03-29T04:00:00.000Z');
  expect(iso('2026-10-25', '06:00', 'America/New_York')).toBe('2026-10-25T10:00:00.000Z');
  // here a day begins at one o'clock: its midnight is left out
  expect(iso('2021-09-05', '00:00', 'America/Santiago')).toBe('2021-09-05T04:00:00.000Z');
});

it('knows days and weeks of the site', () => {
  expect(dayOf(Date.parse('2026-11-21T17:00:00Z'), 'Asia/Shanghai')).toBe('2026-11-22');
  expect(dayOf(Date.parse('2026-11-21T17:00:00Z'), 'America/New_York')).toBe('2026-11-21');
  expect(plusDays('2026-02-27', 2)).toBe('2026-03-01');
  expect([mondayOf('2026-11-22'), mondayOf('2026-11-23'), mondayOf('2026-11-25')]).toEqual([
    '2026-11-16',
    '2026-11-23',
    '2026-11-23',
  ]);
});
