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
