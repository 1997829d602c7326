import type { Alarm, Severity } from '@sc/contracts';
import fc from 'fast-check';
import { arrange, countsOf, dangerTiles } from './fold.js';

const alarm = fc.record({
  id: fc.uuid(),
  severity: fc.constantFrom<Severity>('extreme', 'extreme', 'severe', 'moderate', 'minor'),
  state: fc.constantFrom('unacknowledged', 'acknowledged', 'returned-unacknowledged'),
  raisedAt: fc.integer({ min: 1, max: 50 }).map((n) => new Date(n * 1e6).toISOString()),
  ruleId: fc.constantFrom('smoke', 'sos'),
  areaName: fc
    .constantFrom('Building 1 · Hall', 'Building 1 · Flat 2', 'Building 2')
    .map((en) => ({ en, 'zh-CN': en })),
}) as unknown as fc.Arbitrary<Alarm>;

describe('alarms on the wall', () => {
  it('leaves no danger to life out, however many there are', () => {
    fc.assert(
      fc.property(fc.array(alarm, { maxLength: 120 }), (alarms) => {
        const { danger, others, counts } = arrange(alarms);
        const grave = alarms.filter(({ severity }) => severity === 'extreme');
        expect([danger.length, danger.length + others.length]).toEqual([grave.length, alarms.length]);
        expect(counts.extreme).toBe(grave.length);
        const tiles = dangerTiles(danger);
        expect(tiles.reduce((sum, { count }) => sum + count, 0)).toBe(grave.length);
        expect(tiles.length).toBeLessThanOrEqual(48);
        // A tile looks seen only when all of it was.
        expect(tiles.some(({ seen }) => !seen)).toBe(grave.some(({ state }) => state !== 'acknowledged'));
      }),
    );
  });

  it('shows what nobody has seen before what somebody has, within a severity', () => {
    fc.assert(
      fc.property(fc.array(alarm, { maxLength: 30 }), (alarms) => {
        const { others } = arrange(alarms);
        for (const severity of ['severe', 'moderate', 'minor'] as const) {
          const seen = others.filter((one) => one.severity === severity).map(({ state }) => state === 'acknowledged');
          expect(seen).toEqual(seen.toSorted((a, b) => Number(a) - Number(b)));
        }
        expect(countsOf(others).reduce((sum, [, count]) => sum + count, 0)).toBe(others.length);
      }),
    );
  });
});
