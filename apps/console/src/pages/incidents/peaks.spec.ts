import { peaksOf } from './peaks.js';

const reading = (deviceId: string, second: number, value: number | boolean) => ({
  deviceId,
  ts: `2026-01-01T00:00:0${second}.000Z`,
  value,
});

it('tells the highest reading of each device, when it was first reached', () => {
  const readings = [reading('a', 1, 2), reading('b', 1, 5), reading('a', 2, 9), reading('a', 3, 9), reading('b', 2, 1)];
  expect(peaksOf(readings).map(({ deviceId, value, at }) => [deviceId, value, at.slice(17, 19)])).toEqual([
    ['a', 9, '02'],
    ['b', 5, '01'],
  ]);
});

it('tells nothing of what does not change, nor of yes and no', () => {
  expect(peaksOf([reading('a', 1, 4), reading('a', 2, 4), reading('b', 1, false), reading('b', 2, true)])).toEqual([]);
});
