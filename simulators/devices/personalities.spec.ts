import { telemetryPayloadSchema } from '@sc/contracts';
import { domainByName } from '@sc/domains';
import { random } from '../prng.js';
import { assignPersonalities, behaviours, personalities, type Personality } from './personalities.js';

const start = Date.UTC(2026, 0, 5);
const everyMs = 20_000;

/** Hours of one device's life, turn by turn. */
function live(personality: Personality, hours: number, seed = 'life') {
  const source = random(seed);
  const sayings = [];
  for (let age = 0; age < hours * 3_600_000; age += everyMs)
    sayings.push(...behaviours[personality]({ now: start + age, age, random: source }));
  return sayings;
}

const readings = (personality: Personality, hours: number) =>
  live(personality, hours)
    .filter(({ channel }) => channel === 'telemetry')
    .map(({ payload }) => JSON.parse(payload) as { ts: number; values: Record<string, number> });

const level = (id: string): number => {
  const condition = domainByName('fire')!.rules.find((rule) => rule.id === id)!.condition;
  return condition.kind === 'threshold' ? condition.raiseAt : condition.kind === 'silence' ? condition.afterMs : NaN;
};

describe('personalities', () => {
  it.each(personalities)('%s lives the same life again from the same seed', (personality) => {
    expect(live(personality, 5)).toEqual(live(personality, 5));
    expect(live(personality, 5)).not.toEqual(live(personality, 5, 'another'));
  });

  it.each(['honest', 'noisy', 'silent', 'low-battery'] as const)('%s says only what can be used', (personality) => {
    for (const reading of readings(personality, 12)) {
      expect(telemetryPayloadSchema.safeParse(reading).success).toBe(true);
      for (const [metric, value] of Object.entries(reading.values)) {
        const { min = -Infinity, max = Infinity } = domainByName('fire')!.metrics[metric]!;
        expect(value >= min && value <= max).toBe(true);
      }
    }
  });

  it.each(['honest', 'noisy', 'silent', 'low-battery', 'faulty'] as const)(
    '%s never looks like a fire',
    (personality) => {
      for (const { payload } of live(personality, 12)) {
        const smoke = Number(/"smoke":(-?[\d.]+)/.exec(payload)?.[1] ?? 0);
        expect(smoke).toBeLessThan(level('fire-smoke'));
      }
    },
  );

  it('noisy comes near the level, and its battery dips for less than the delay', () => {
    const all = readings('noisy', 24);
    expect(Math.max(...all.map(({ values }) => values['smoke']!))).toBeGreaterThan(level('fire-smoke') * 0.8);
    const dips = all.filter(({ values }) => values['battery']! < level('fire-battery-low'));
    expect(dips.length).toBeGreaterThan(0);
    for (const dip of dips) expect(all.find(({ ts }) => ts > dip.ts)!.values['battery']).toBeGreaterThan(25);
  });

  it('silent says nothing for longer than the silence rule waits, not in its first minutes, and comes back', () => {
    const all = readings('silent', 3);
    const gaps = all.slice(1).map(({ ts }, i) => ts - all[i]!.ts);
    expect(Math.max(...gaps)).toBeGreaterThan(level('fire-silent'));
    expect(gaps.filter((gap) => gap > level('fire-silent')).length).toBeGreaterThan(1);
    expect(all.filter(({ ts }) => ts < start + 10 * 60_000).length).toBeGreaterThan(25);
  });

  it('low-battery is above the level at first, below within the hour, and stays there', () => {
    const all = readings('low-battery', 6).map(({ values }) => values['battery']!);
    expect(all[0]).toBeGreaterThan(level('fire-battery-low'));
    expect(all[180]).toBeLessThan(level('fire-battery-low'));
    expect(Math.max(...all.slice(180))).toBeLessThan(level('fire-battery-low'));
  });

  it('faulty says now and then what cannot be used, in several ways', () => {
    const bad = live('faulty', 24).filter(({ payload }) => {
      try {
        const reading = JSON.parse(payload) as { ts: number; values?: Record<string, unknown> };
        const age = Math.abs(reading.ts - start);
        return (
          typeof reading.values?.['smoke'] === 'string' ||
          age > 48 * 3_600_000 ||
          Number(reading.values?.['temperature']) > 1500
        );
      } catch {
        return true;
      }
    });
    expect(new Set(bad.map(({ payload }) => payload.replace(/\d+/g, '#'))).size).toBeGreaterThan(3);
    expect(bad.length / live('faulty', 24).length).toBeLessThan(0.15);
  });
});

describe('who behaves how', () => {
  const ids = Array.from({ length: 41 }, (_, i) => `sunshine/smoke-${i}`);

  it('keeps the demo mostly calm: a handful that is not honest', () => {
    const given = assignPersonalities(ids, random('demo'));
    const count = (personality: Personality) => [...given.values()].filter((p) => p === personality).length;
    expect(personalities.map(count)).toEqual([36, 2, 1, 1, 1]);
  });

  it('depends on the seed alone, not on the order of the devices', () => {
    const given = assignPersonalities(ids, random('demo'));
    const again = assignPersonalities([...ids].reverse(), random('demo'));
    for (const id of ids) expect(again.get(id)).toBe(given.get(id));
    expect([...assignPersonalities(ids, random('other'))].sort()).not.toEqual([...given].sort());
  });

  it('leaves a very small fleet honest', () => {
    expect([...assignPersonalities(['a/b', 'a/c'], random('x')).values()]).toEqual(['honest', 'honest']);
  });
});
