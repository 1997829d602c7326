import { conditionSchema, type ForecastCondition } from '@sc/contracts';
import { aRule, reading, run, tell } from '../told.spec-support.js';

const minute = 60_000;
const hour = 60 * minute;
const condition: ForecastCondition = {
  kind: 'forecast',
  metric: 'm',
  direction: 'rising',
  level: 90,
  horizonMs: 2 * hour,
  clearBeyondMs: 4 * hour,
  windowMs: 6 * hour,
  minSpanMs: 2 * hour,
  minReadings: 4,
  resetBy: 20,
  maxGapMs: 5 * hour,
};
const rule = aRule(condition);
/** A reading each half hour from `fromH` on (hours), at `start` and changing by `perHour`. */
const ramp = (fromH: number, hours: number, start: number, perHour: number) =>
  Array.from({ length: 2 * hours }, (_, i) => reading((fromH + i / 2) * hour, start + (perHour * i) / 2));

describe('a level that will be reached', () => {
  it('is told as soon as its time lies within the horizon, with the time and the pace', () => {
    // 10 an hour from 30 at 1:00 on: 90 at 7:00.
    const told = tell(rule, ramp(1, 5, 30, 10));
    expect(told).toMatchObject([{ kind: 'raise', at: 5 * hour }]);
    expect(told[0]?.cause).toEqual({
      kind: 'forecast',
      metric: 'm',
      value: 70,
      level: 90,
      perHour: 10,
      expectedAt: '1970-01-01T07:00:00.000Z',
    });
  });

  it('is not told on little: a start, few readings, a short time', () => {
    expect(run(rule, ramp(1, 2, 70, 8))).toBe('');
    expect(run(rule, [reading(hour, 60), reading(3 * hour, 75), reading(4 * hour, 82)])).toBe('');
  });

  it('is over when it is reached, and not foretold again while it sways there', () => {
    const swaying = Array.from({ length: 20 }, (_, i) => reading((7 + i / 2) * hour, i % 2 ? 91 : 89));
    const told = tell(rule, [...ramp(1, 6, 30, 10), ...swaying]);
    expect(told.map(({ kind, at, cause }) => [kind, at / hour, cause['kind']])).toEqual([
      ['raise', 5, 'forecast'],
      ['clear', 7.5, 'reached'],
    ]);
  });

  it('is over when it goes elsewhere, and holds in between', () => {
    // It stands from 5:30 on: the pace of six hours fades.
    expect(run(rule, [...ramp(1, 4.5, 30, 10), ...ramp(5.5, 1, 75, 0)])).toBe(`+${5 * hour}`);
    const [, over] = tell(rule, [...ramp(1, 4.5, 30, 10), ...ramp(5.5, 8, 75, 0)]);
    expect(over?.kind).toBe('clear');
  });

  it('starts anew at a leap against the direction, which ends it', () => {
    const emptied = [...ramp(1, 5, 30, 10), ...ramp(6, 2, 3, 10)];
    expect(run(rule, emptied)).toBe(`+${5 * hour} -${6 * hour}`);
    expect(run(rule, [...emptied, ...ramp(8, 6, 23, 10)])).toBe(`+${5 * hour} -${6 * hour} +${13 * hour}`);
  });

  it('is not ended by a gap, nor begun on what was before it', () => {
    expect(run(rule, [...ramp(1, 5, 30, 10), ...ramp(12, 2, 75, 1)])).toBe(`+${5 * hour}`);
    expect(run(rule, [...ramp(1, 4, 30, 10), reading(11 * hour, 80)])).toBe('');
  });

  it('is not misled by some wrong readings, nor by what only sways', () => {
    const wrong = ramp(1, 6, 40, 1).map((one, i) => (i % 5 === 3 ? reading(one.ts, 60) : one));
    expect(run(rule, wrong)).toBe('');
    expect(
      run(
        rule,
        ramp(1, 20, 0, 0).map((one, i) => reading(one.ts, 75 + 12 * Math.sin(i * 2))),
      ),
    ).toBe('');
  });

  it('mirrors for falling, and takes shares of another metric', () => {
    const falling = aRule({ ...condition, direction: 'falling', level: 10 });
    expect(run(falling, ramp(1, 5, 70, -10))).toBe(`+${5 * hour}`);
    const share = aRule({ ...condition, of: 'capacity', level: 0.89, resetBy: 0.2 });
    const lot = ramp(1, 5, 60, 20).flatMap((one) => [one, reading(one.ts, 200, 'capacity')]);
    expect(run(share, lot)).toBe(`+${5 * hour}`);
    expect(tell(share, lot)[0]?.cause).toMatchObject({ value: 140, of: 'capacity', ofValue: 200, perHour: 0.1 });
  });

  it('ignores what is late, repeated or no number, and remembers as much however often it is told', () => {
    const told = ramp(1, 4, 30, 10);
    expect(run(rule, [...told, reading(4 * hour, 89), reading(4.5 * hour, 89), reading(4.6 * hour, 'full')])).toBe('');
    const often = Array.from({ length: 5000 }, (_, i) => reading(hour + i * 15_000, i / 1000));
    expect((tell.state(rule, often) as { parts: unknown[] }).parts.length).toBeLessThanOrEqual(21);
  });

  it('is refused where it would flap, never be known, or see too far', () => {
    const paths = (change: object) =>
      conditionSchema.safeParse({ ...condition, ...change }).error?.issues.map(({ path }) => path.join('.'));
    expect(paths({})).toBeUndefined();
    expect(paths({ clearBeyondMs: hour })).toEqual(['clearBeyondMs']);
    expect(paths({ minSpanMs: 7 * hour })).toEqual(['minSpanMs']);
    expect(paths({ horizonMs: 25 * hour, clearBeyondMs: 26 * hour })).toEqual(['horizonMs']);
  });
});
