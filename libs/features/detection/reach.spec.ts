import type { Rule } from '@sc/contracts';
import { domains } from '@sc/domains';
import { reachOf, stretchesOf } from './reach.js';

const minute = 60_000;
const hour = 60 * minute;
const threshold = (metric: string, onDelayMs: number, more: object = {}): Rule =>
  ({
    enabled: true,
    condition: { kind: 'threshold', metric, onDelayMs, offDelayMs: minute, maxGapMs: 25 * hour, ...more },
  }) as unknown as Rule;

describe('the reach of rules', () => {
  it('is twice the longest delay of a metric and some slack; the time they stay closed where hours hold back; nothing where no rule looks', () => {
    const reach = reachOf([
      threshold('smoke', 0),
      threshold('co', hour),
      threshold('co', minute),
      threshold('occupied', 0, { of: 'capacity' }),
      { ...threshold('fillPercent', 0), activeHours: { from: '22:00', to: '06:00' } },
      { ...threshold('noise', hour), enabled: false },
    ]);
    expect(Object.fromEntries(reach)).toEqual({
      smoke: 12 * minute,
      co: 130 * minute,
      occupied: 12 * minute,
      capacity: 12 * minute,
      fillPercent: 26 * hour + 12 * minute,
    });
  });

  it('is walked through in stretches that follow each other, each metric from its own begin', () => {
    const now = 1_000 * hour;
    const stretches = stretchesOf(
      new Map([
        ['smoke', minute],
        ['heat', minute],
        ['co', hour],
      ]),
      now,
      now + 5,
    );
    expect(stretches).toEqual([
      { from: now - hour, to: now - minute, metrics: ['co'] },
      { from: now - minute, to: now + 5, metrics: ['smoke', 'heat', 'co'] },
    ]);
    expect(stretchesOf(new Map(), now, now)).toEqual([]);
  });

  it('of the default rules is hours, not days, and minutes for smoke; days where devices report seldom and may stand still', () => {
    const reach = reachOf(domains.flatMap(({ rules }) => rules));
    expect(reach.get('smoke')).toBeLessThan(hour);
    // What an event of the lock began, its door may have ended a day ago.
    const days: Record<string, number> = { occupied: 3, fillPercent: 10, doorOpen: 1.1 };
    for (const [metric, ms] of reach)
      expect([metric, ms]).toEqual([
        metric,
        Math.min(ms, days[metric] === undefined ? 6 * hour : days[metric] * 24 * hour),
      ]);
  });
});
