import { conditionSchema, type RateCondition } from '@sc/contracts';
import { aRule, reading, run, tell } from '../told.spec-support.js';

const minute = 60_000;
const condition: RateCondition = {
  kind: 'rate',
  metric: 'm',
  direction: 'rising',
  windowMs: 2 * minute,
  raiseAt: 8,
  clearAt: 4,
  onDelayMs: 0,
  offDelayMs: 0,
  maxGapMs: 5 * minute,
};
const rule = aRule(condition);
/** A reading every 10 s from `fromS` on, at `start` and changing by `perMinute`. */
const ramp = (fromS: number, toS: number, start: number, perMinute: number) =>
  Array.from({ length: (toS - fromS) / 10 }, (_, i) =>
    reading((fromS + 10 * i) * 1000, start + (perMinute * 10 * i) / 60),
  );

describe('a rate of change', () => {
  it('is told once the window has risen so much, and over when it rises slowly again', () => {
    // 10 a minute from 300 s on: in the window of 120 s it comes to 8 a minute after 96 s of it, told at 100 s.
    const stream = [...ramp(10, 300, 20, 0), ...ramp(300, 600, 20, 10), ...ramp(600, 900, 70, 0)];
    // From 600 s on it stands: less than 4 a minute once less than 8 of the window are left.
    expect(run(rule, stream)).toBe('+400000 -680000');
    expect(tell(rule, stream)[0]?.cause).toEqual({
      kind: 'rate',
      metric: 'm',
      value: 20 + 100 / 6,
      perMinute: 8.33,
      windowMs: 120_000,
      level: 8,
    });
  });

  it('is silent at what rises slowly, and mirrors for falling', () => {
    expect(run(rule, ramp(10, 3600, 20, 7.9))).toBe('');
    expect(run(rule, ramp(10, 3600, 900, -10))).toBe('');
    expect(run(aRule({ ...condition, direction: 'falling' }), ramp(10, 600, 900, -10))).toBe('+110000');
  });

  it('counts what it does not know yet as no change: a start is not a rise, a leap is', () => {
    expect(run(rule, [reading(1000, 500)])).toBe('');
    expect(run(rule, [reading(1000, 20), reading(6000, 35.9)])).toBe('');
    expect(run(rule, [reading(1000, 20), reading(6000, 36)])).toBe('+6000');
  });

  it('neither begins nor ends across a gap, and ends only after a whole window', () => {
    expect(run(rule, [reading(minute, 0), reading(6 * minute + 1, 500)])).toBe('');
    const risen = [reading(minute, 0), reading(2 * minute, 50)];
    expect(run(rule, [...risen, ...ramp(480, 590, 50, 0)])).toBe('+120000');
    expect(run(rule, [...risen, ...ramp(480, 610, 50, 0)])).toBe('+120000 -600000');
  });

  it('is the mean between two reports of a device that reports seldom', () => {
    const seldom = (value: number) => [reading(5 * minute, 20), reading(10 * minute, value)];
    expect(run(rule, seldom(59))).toBe('');
    expect(run(rule, seldom(60))).toBe('+600000');
  });

  it('waits for its delays in device time, which a reading of the other side ends', () => {
    const slow = aRule({ ...condition, onDelayMs: 30_000, offDelayMs: 60_000 });
    expect(run(slow, [...ramp(10, 300, 20, 0), ...ramp(300, 600, 20, 10), ...ramp(600, 900, 70, 0)])).toBe(
      '+430000 -740000',
    );
    expect(run(slow, [reading(1000, 20), reading(6000, 40), reading(11_000, 20), reading(36_000, 40)])).toBe('');
  });

  it('is not changed by what is late or repeated, no number, or of another metric', () => {
    const steady = ramp(10, 400, 20, 0);
    expect(
      run(rule, [
        ...steady,
        reading(390_000, 900),
        reading(200_000, 900),
        reading(400_000, Number.NaN),
        reading(401_000, 900, 'other'),
        reading(402_000, 20),
      ]),
    ).toBe('');
  });

  it('remembers as much however often it is told', () => {
    const state = tell.state(
      rule,
      Array.from({ length: 300 }, (_, i) => reading(1000 + i * 900, i)),
    );
    expect((state as { points: unknown[] }).points.length).toBeLessThanOrEqual(62);
  });

  it('is refused with the place where it could not clear or remember', () => {
    const paths = (change: object) =>
      conditionSchema.safeParse({ ...condition, ...change }).error?.issues.map(({ path }) => path.join('.'));
    expect(paths({})).toBeUndefined();
    expect(paths({ clearAt: 9 })).toEqual(['clearAt']);
    expect(paths({ clearAt: 0 })).toEqual(['clearAt']);
    expect(paths({ maxGapMs: 0 })).toEqual(['maxGapMs']);
    expect(paths({ maxGapMs: 61 * minute })).toEqual(['maxGapMs']);
    expect(paths({ windowMs: 999, maxGapMs: 5000 })).toEqual(['windowMs']);
  });
});
