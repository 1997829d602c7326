import fc from 'fast-check';
import { baselineBytes, historyOf, judge, newBaseline, scoreOf } from './index.js';

const minute = 60_000;
const start = Date.UTC(2026, 0, 5);

/** Noise that is the same in every run (mulberry32). */
function noise(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Three weeks by five minutes: quiet nights at 20, days from 9 to 18 at 80. */
const twoLevels = (): number[] => {
  const random = noise(7);
  return Array.from({ length: 6048 }, (_, i) => {
    const hour = (i % 288) / 12;
    return (hour >= 9 && hour < 18 ? 80 : 20) + 4 * random();
  });
};

const scores = (values: readonly number[], memory = newBaseline()) =>
  values.map((value, i) => judge(memory, start + i * 5 * minute, value));

const highest = (list: readonly ({ score: number } | undefined)[], from: number, to: number) =>
  Math.max(...list.slice(from, to).map((one) => one?.score ?? 0));

const anyValue = fc.oneof(
  fc.double(),
  fc.double({ min: -100, max: 100, noNaN: true }),
  fc.constantFrom(0, 5, 5, 5, 1e300, -1e300, NaN, Infinity),
);
const anySeries = fc.array(fc.record({ gapMs: fc.integer({ min: -minute, max: 90 * minute }), value: anyValue }), {
  maxLength: 400,
});

describe('baseline', () => {
  it('finds a value far beyond all before, at once', () => {
    const values = twoLevels();
    values[5000] = 170;
    const judged = scores(values);
    expect(judged[5000]?.score).toBeGreaterThan(0.6);
    expect(judged[5000]!.score).toBe(highest(judged, 2000, 6048));
  });

  it('finds a usual value at an unusual hour and knows what was expected', () => {
    const values = twoLevels();
    // A day on which nobody came.
    const noon = 16 * 288 + 12 * 12;
    for (let i = 16 * 288 + 9 * 12; i < 16 * 288 + 18 * 12; i++) values[i] = 21;
    const judged = scores(values);
    expect(highest(judged, 16 * 288 + 8 * 12, 16 * 288 + 18 * 12)).toBeGreaterThan(0.5);
    expect(judged[noon - 287]?.usual?.expected).toBeGreaterThan(70);
  });

  it('learns that weekends are different', () => {
    const random = noise(3);
    const memory = newBaseline();
    let usual: { expected: number } | undefined;
    for (let i = 0; i < 8 * 7 * 24; i++) {
      const weekend = Math.floor(i / 24) % 7 >= 5;
      const level = !weekend && i % 24 >= 9 && i % 24 < 18 ? 80 : 20;
      usual = judge(memory, start + i * 60 * minute, level + 4 * random())?.usual;
      // Noon of the eighth Saturday.
      if (i === (7 * 7 + 5) * 24 + 12) break;
    }
    expect(usual!.expected).toBeLessThan(30);
  });

  it('tells a strange stretch once', () => {
    const values = twoLevels();
    for (let i = 5000; i < 5060; i++) values[i] = 200;
    const told = scores(values).filter((one, i) => i >= 5000 && i < 5100 && one!.score > 0.5);
    expect(told.length).toBeGreaterThan(0);
    expect(told.length).toBeLessThanOrEqual(3);
  });

  it('gets used to a new level', () => {
    const random = noise(5);
    const memory = newBaseline();
    let last = 0;
    for (let i = 0; i < 8000; i++)
      last = judge(memory, start + i * 5 * minute, (i < 4000 ? 20 : 50) + random())?.strangeness ?? 0;
    expect(last).toBeLessThan(0.5);
  });

  it('stays between 0 and 1 and ignores what is no number, late or told twice', () => {
    fc.assert(
      fc.property(anySeries, (series) => {
        const memory = newBaseline();
        let ts = start;
        let newest = -Infinity;
        for (const { gapMs, value } of series) {
          ts += gapMs;
          const before = memory.slice();
          const judged = judge(memory, ts, value);
          if (Number.isFinite(value) && ts > newest) {
            newest = ts;
            expect(judged!.score).toBeGreaterThanOrEqual(0);
            expect(judged!.score).toBeLessThan(1);
            expect(judged!.score).toBeLessThanOrEqual(judged!.strangeness);
          } else {
            expect(judged).toBeUndefined();
            expect(memory).toEqual(before);
          }
        }
        expect([...memory].some(Number.isNaN)).toBe(false);
      }),
    );
  });

  it('goes on exactly where a copy of its memory was left', () => {
    fc.assert(
      fc.property(fc.array(anyValue, { minLength: 2, maxLength: 300 }), fc.nat(), (values, cut) => {
        const memory = newBaseline();
        const whole = scores(values, memory);
        const first = newBaseline();
        const at = cut % values.length;
        const begin = values.slice(0, at).map((value, i) => judge(first, start + i * 5 * minute, value));
        const kept = new Float64Array(new Uint8Array(first.buffer).slice().buffer);
        const rest = values.slice(at).map((value, i) => judge(kept, start + (at + i) * 5 * minute, value));
        expect([...begin, ...rest]).toEqual(whole);
        expect(kept).toEqual(memory);
      }),
    );
  });

  it('judges by the past alone', () => {
    fc.assert(
      fc.property(fc.array(anyValue, { maxLength: 200 }), fc.array(anyValue, { maxLength: 50 }), (past, future) => {
        expect(scores([...past, ...future]).slice(0, past.length)).toEqual(scores(past));
      }),
    );
  });

  it('knows how much it has seen, in a fixed number of bytes', () => {
    const memory = newBaseline();
    scores([1, NaN, 2], memory);
    expect(historyOf(memory)).toBe(2);
    expect(memory.byteLength).toBe(baselineBytes);
    expect(scoreOf(5)).toBe(0.5);
  });
});
