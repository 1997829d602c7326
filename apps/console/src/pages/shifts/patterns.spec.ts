import { timesOf } from './patterns.js';

it('repeats a shift, over midnight where it must', () => {
  expect(timesOf('2026-11-30', 2, '22:00', '06:00', 'Asia/Shanghai')).toEqual([
    { startsAt: '2026-11-30T14:00:00.000Z', endsAt: '2026-11-30T22:00:00.000Z' },
    { startsAt: '2026-12-01T14:00:00.000Z', endsAt: '2026-12-01T22:00:00.000Z' },
  ]);
  const [round] = timesOf('2026-11-30', 1, '08:00', '08:00', 'UTC');
  expect(round).toEqual({ startsAt: '2026-11-30T08:00:00.000Z', endsAt: '2026-12-01T08:00:00.000Z' });
});

it('keeps the hours of the wall clock when the clocks change', () => {
  const times = timesOf('2026-03-28', 2, '06:00', '14:00', 'Europe/Berlin');
  expect(times.map(({ startsAt }) => startsAt)).toEqual(['2026-03-28T05:00:00.000Z', '2026-03-29T04:00:00.000Z']);
});
