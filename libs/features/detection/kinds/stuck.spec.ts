import { conditionSchema, type StuckCondition } from '@sc/contracts';
import { aRule, reading, run, tell } from '../told.spec-support.js';

const minute = 60_000;
const hour = 60 * minute;
const condition: StuckCondition = { kind: 'stuck', metric: 'm', tolerance: 1, forMs: 2 * hour, maxGapMs: 15 * minute };
const rule = aRule(condition);
/** Every ten minutes from `from` on (in minutes). */
const values = (from: number, ...list: number[]) => list.map((value, i) => reading((from + 10 * i) * minute, value));
const same = (from: number, times: number, value = 5) => values(from, ...Array.from({ length: times }, () => value));

describe('a value that does not change', () => {
  it('is told when readings went on so long, and over when it changes by more than the tolerance', () => {
    expect(run(rule, same(10, 12))).toBe('');
    expect(run(rule, [...same(10, 20), ...values(210, 5.9, 6), ...values(230, 6.1)])).toBe(
      `+${130 * minute} -${230 * minute}`,
    );
    expect(tell(rule, same(10, 13))[0]?.cause).toEqual({
      kind: 'stuck',
      metric: 'm',
      value: 5,
      sinceTs: 10 * minute,
      forMs: 2 * hour,
    });
  });

  it('may move within the tolerance, but not drift out of it', () => {
    expect(run(rule, values(10, ...Array.from({ length: 13 }, (_, i) => 5 + (i % 2))))).toBe(`+${130 * minute}`);
    expect(run(rule, values(10, ...Array.from({ length: 60 }, (_, i) => i / 10)))).toBe('');
  });

  it('is not proven by a gap, and not disproved', () => {
    expect(run(rule, [...same(10, 12), ...same(140, 12)])).toBe('');
    expect(run(rule, [...same(10, 13), ...same(600, 30)])).toBe(`+${130 * minute}`);
    expect(run(rule, [...same(10, 13), ...same(600, 2, 7)])).toBe(`+${130 * minute} -${600 * minute}`);
  });

  it('counts from the change on, to a thirty-second of the time', () => {
    const [told] = tell(rule, [...same(10, 6, 9), ...same(70, 30)]);
    expect(told?.at).toBeGreaterThanOrEqual(190 * minute);
    expect(told?.at).toBeLessThanOrEqual(200 * minute);
  });

  it('ignores what is late, repeated or no number', () => {
    const frozen = same(10, 12);
    expect(run(rule, [...frozen, reading(100 * minute, 99), reading(120 * minute, 99), ...same(130, 1)])).toBe(
      `+${130 * minute}`,
    );
    expect(
      run(
        rule,
        [...Array(30).keys()].map((i) => reading((10 + 10 * i) * minute, true)),
      ),
    ).toBe('');
  });

  it('remembers as much however often it is told', () => {
    const state = tell.state(
      rule,
      Array.from({ length: 300 }, (_, i) => reading(hour + i * minute, i)),
    );
    expect((state as { slices: unknown[] }).slices.length).toBeLessThanOrEqual(34);
  });

  it('is refused where two readings would prove it', () => {
    const issues = conditionSchema.safeParse({ ...condition, maxGapMs: 2 * hour }).error?.issues;
    expect(issues?.map(({ path }) => path)).toEqual([['maxGapMs']]);
  });
});
