import fc from 'fast-check';
import { random } from './prng.js';

const draw = (seed: string, n = 50): number[] => {
  const source = random(seed);
  return Array.from({ length: n }, () => source.next());
};

describe('random', () => {
  it('gives the same numbers for the same seed, today and on every machine', () => {
    fc.assert(fc.property(fc.string(), (seed) => void expect(draw(seed)).toEqual(draw(seed))));
    expect(draw('sunshine', 3).map((x) => Math.floor(x * 1e6))).toEqual(expectedOfSunshine);
  });

  it('gives others for another seed, however similar', () => {
    expect(draw('device-1')).not.toEqual(draw('device-2'));
  });

  it('keeps a part the same when the others draw more', () => {
    const a = random('seed');
    const b = random('seed');
    b.next();
    b.fork('other').next();
    expect(a.fork('part').next()).toBe(b.fork('part').next());
  });

  it('stays in its bounds and fills them', () => {
    const source = random('bounds');
    const all = Array.from({ length: 20_000 }, () => source.next());
    expect(Math.min(...all)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...all)).toBeLessThan(1);
    const mean = all.reduce((sum, x) => sum + x, 0) / all.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.02);
    for (let i = 0; i < 1000; i += 1) expect(Math.abs(source.bell())).toBeLessThanOrEqual(3);
  });
});

/** Written down once: a change would change every demo. */
const expectedOfSunshine = [991_485, 326_390, 137_223];
