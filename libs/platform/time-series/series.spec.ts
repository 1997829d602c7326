import { Series, SeriesCatalog } from './series.js';

describe('what a series knows about its newest readings', () => {
  it('judges every reading like a list of all of them would, or says that it does not know', () => {
    const series = new Series(1, 'd', 'm', Number.NEGATIVE_INFINITY);
    const stored = new Map<number, number>();
    let unknown = 0;
    for (let step = 0; step < 5_000; step += 1) {
      const ts = step + ((step * 7_919) % 61) - 30;
      const value = (step * 31) % 3;
      const verdict = series.offer(ts, value);
      const before = stored.get(ts);
      if (verdict === 'unknown') unknown += 1;
      else if (before === undefined) expect(verdict).toBe('new');
      else expect(verdict).toBe(before === value ? 'duplicate' : 'conflict');
      if (before === undefined) stored.set(ts, value);
    }
    expect(unknown).toBeGreaterThan(0);
  });

  /** How many of the last repeats, each of one of the `reach` readings before, a series could not judge by itself. */
  const unknownOf = (series: Series, reach: number): number => {
    let unknown = 0;
    for (let ts = 1; ts <= 20_000; ts += 1) {
      expect(series.offer(ts, 1)).toBe('new');
      const verdict = series.offer(Math.max(1, ts - ((ts * 7_919) % reach)), 1);
      expect(['duplicate', 'unknown']).toContain(verdict);
      if (ts > 10_000 && verdict === 'unknown') unknown += 1;
    }
    return unknown;
  };

  it('keeps as much as its device repeats', () => {
    expect(unknownOf(new Series(1, 'd', 'm', Number.NEGATIVE_INFINITY), 16)).toBe(0);
    expect(unknownOf(new Series(1, 'd', 'm', Number.NEGATIVE_INFINITY), 400)).toBe(0);
  });

  it('keeps no more than all may together, and nothing for what is far too old', () => {
    const spare = { readings: 100 };
    const series = [1, 2, 3, 4].map((id) => new Series(id, 'd', 'm', Number.NEGATIVE_INFINITY, spare));
    for (const one of series) expect(unknownOf(one, 400)).toBeGreaterThan(1_000);
    expect(spare.readings).toBeGreaterThanOrEqual(0);
    const untouched = { readings: 100_000 };
    const far = new Series(1, 'd', 'm', Number.NEGATIVE_INFINITY, untouched);
    for (let ts = 10_000; ts < 20_000; ts += 1) {
      far.offer(ts, 1);
      far.offer(ts - 9_000, 1);
    }
    expect(untouched.readings).toBe(100_000);
  });

  it('never judges what is older than the part of the history that was loaded', () => {
    const series = new SeriesCatalog().add('d', 'm', 1_000);
    expect(series.offer(999, 1)).toBe('unknown');
    expect(series.offer(1_000, 1)).toBe('new');
    expect(series.offer(1_000, 1)).toBe('duplicate');
  });

  it('gives ids that were never given before', () => {
    const catalog = new SeriesCatalog();
    catalog.add('d', 'm', 0, 41);
    expect(catalog.add('d', 'n', 0).id).toBe(42);
  });
});
