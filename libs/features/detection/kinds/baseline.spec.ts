import { type BaselineCondition, conditionSchema } from '@sc/contracts';
import fc from 'fast-check';
import { aRule, unit } from '../arbitrary.spec-support.js';
import { Detector } from '../detector.js';
import { pastOf } from '../past.js';
import type { DetectionInput } from '../types.js';

const hour = 3_600_000;
const condition: BaselineCondition = {
  kind: 'baseline',
  metric: 'm',
  direction: 'both',
  raiseAt: 0.55,
  clearAt: 0.3,
  onDelayMs: 0,
  offDelayMs: hour,
  maxGapMs: 6 * hour,
  learnMs: 4 * 24 * hour,
};
const reading = (ts: number, value: number | string): DetectionInput => ({
  kind: 'reading',
  deviceId: 'c/1',
  domain: 'fire',
  metric: 'm',
  ts,
  receivedAt: ts,
  value,
});
function run(inputs: readonly DetectionInput[], over: Partial<BaselineCondition> = {}, timeZone = 'UTC') {
  const detector = new Detector({
    timeZone,
    onRuleFailure: (_, error) => {
      throw error;
    },
  });
  detector.setRules([aRule({ ...condition, ...over }, 0)]);
  return inputs.flatMap((input) => detector.evaluate([input]));
}
/** Ten days by ten minutes: nearly the same each day, high by day. */
const days = (change: (value: number, index: number) => number = (value) => value) =>
  Array.from({ length: 1440 }, (_, i) => {
    const isDay = i % 144 >= 54 && i % 144 < 108;
    return reading((i + 1) * unit, change((isDay ? 80 : 20) + ((i * 7919) % 13) / 6, i));
  });

it('raises for what is strange and says what was expected', () => {
  const [raised, cleared, ...more] = run(days((value, i) => (i >= 1300 && i < 1303 ? 160 : value)));
  expect(raised).toMatchObject({ kind: 'raise', at: 1301 * unit });
  expect(raised!.cause).toMatchObject({ kind: 'baseline', metric: 'm', value: 160, level: 0.55 });
  const { score, expected, low, high } = raised!.cause as Record<string, number>;
  expect(score).toBeGreaterThanOrEqual(0.55);
  expect(expected).toBeLessThan(100);
  expect(low).toBeLessThan(expected!);
  expect(high).toBeGreaterThan(expected!);
  expect(cleared).toMatchObject({ kind: 'clear' });
  expect(more).toEqual([]);
});

it('only learns at first, and minds the direction', () => {
  const leap = (at: number, to: number) => days((value, i) => (i === at ? to : value));
  expect(run(leap(500, 900))).toEqual([]);
  expect(run(leap(1300, 900), { direction: 'below' })).toEqual([]);
  expect(run(leap(1300, -900), { direction: 'below' })[0]).toMatchObject({ kind: 'raise' });
  expect(run(leap(1300, -900), { direction: 'above' })).toEqual([]);
});

it('says nothing more when readings come twice, late, or are no numbers', () => {
  const stream = days((value, i) => (i === 1200 ? 170 : value));
  const once = run(stream);
  expect(once.length).toBeGreaterThan(0);
  fc.assert(
    fc.property(fc.array(fc.nat(1439), { maxLength: 60 }), (again) => {
      const noisy = stream.flatMap((one, i) =>
        again.includes(i) ? [one, one, stream[Math.max(0, i - 3)]!, reading((i + 1) * unit + 1, 'wet')] : [one],
      );
      expect(run(noisy)).toEqual(once);
    }),
    { numRuns: 5 },
  );
});

it('judges by the past alone', () => {
  const stream = days((value, i) => (i % 401 === 400 ? value * 3 : value));
  const told = run(stream);
  for (const cut of [700, 1000, 1250]) {
    const until = cut * unit;
    expect(run(stream.slice(0, cut))).toEqual(told.filter(({ at }) => at <= until));
  }
});

it('is told of weeks before a range that it is tried on, so that it has learned by then', () => {
  expect(pastOf(aRule(condition, 0)).readingsMs).toBeGreaterThan(condition.learnMs + 13 * 24 * hour);
});

it('refuses a clear level beyond the raise level', () => {
  expect(conditionSchema.safeParse(condition).success).toBe(true);
  expect(conditionSchema.safeParse({ ...condition, clearAt: 0.6 }).success).toBe(false);
  expect(conditionSchema.safeParse({ ...condition, raiseAt: 1 }).success).toBe(false);
});
