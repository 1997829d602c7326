import type { Domain, Rule } from '@sc/contracts';
import { domainByName } from '@sc/domains';
import { Detector } from './detector.js';
import type { DetectionInput } from './types.js';

const fire = domainByName('fire') as Domain;
const smoke = (ts: number, value: number, deviceId = 'c/d'): DetectionInput => ({
  kind: 'reading',
  deviceId,
  domain: 'fire',
  metric: 'smoke',
  ts,
  value,
  receivedAt: ts,
});
const ruleOf = (id: string): Rule => {
  const rule = fire.rules.find((one) => one.id === id);
  if (!rule) throw new Error(id);
  return rule;
};
const failures: string[] = [];
const detectorOf = (rules: readonly Rule[]) => {
  const detector = new Detector({ onRuleFailure: (rule) => failures.push(rule.id) });
  detector.setRules(rules);
  return detector;
};

it('isolates a rule that throws: the others go on', () => {
  const broken: Rule = { ...ruleOf('fire-smoke'), id: 'fire-broken' };
  const hostile = {
    ...broken,
    get version(): number {
      throw new Error('hostile');
    },
  };
  const detector = detectorOf([hostile, ruleOf('fire-smoke')]);
  expect(detector.evaluate([smoke(1, 50), smoke(2, 0, 'c/e')]).map(({ ruleId }) => ruleId)).toEqual(['fire-smoke']);
  expect(failures).toEqual(['fire-broken']);
});

it('ends a condition when its rule is switched off, and keeps it when the rule only changes', () => {
  const detector = detectorOf(fire.rules);
  detector.evaluate([smoke(1000, 50)]);
  const changed = fire.rules.map((rule) => (rule.id === 'fire-smoke' ? { ...rule, version: 2 } : rule));
  expect(detector.setRules(changed)).toEqual([]);
  expect(detector.activeConditions()).toMatchObject([{ ruleId: 'fire-smoke', ruleVersion: 2, at: 1000 }]);
  const off = changed.map((rule) => (rule.id === 'fire-smoke' ? { ...rule, enabled: false } : rule));
  expect(detector.setRules(off)).toMatchObject([{ kind: 'clear', ruleId: 'fire-smoke', at: 1001 }]);
  expect(detector.activeConditions()).toEqual([]);
});

it('ends the conditions of a device that is gone', () => {
  const detector = detectorOf(fire.rules);
  detector.evaluate([smoke(1000, 50)]);
  expect(detector.forget('c/d')).toMatchObject([{ kind: 'clear', at: 1001 }]);
  expect(detector.forget('c/d')).toEqual([]);
  expect(detector.tick(9_999_999)).toEqual([]);
});

it('lives with domains and metrics that no rule is about, and does not remember their names without bound', () => {
  const detector = detectorOf(fire.rules);
  for (let n = 0; n < 1000; n += 1)
    expect(
      detector.evaluate([
        { ...smoke(n + 1, 99), metric: `metric${n}` } as DetectionInput,
        { ...smoke(1, 99, 'c/x'), domain: 'nobody' },
      ]),
    ).toEqual([]);
});

describe('the default fire rules', () => {
  it('alarm at one reading of dense smoke, not at what a shower or a pan makes', () => {
    expect(detectorOf(fire.rules).evaluate([smoke(1, 4.4), smoke(2, 4.5)])).toMatchObject([
      { ruleId: 'fire-smoke', at: 2 },
    ]);
  });

  it('see carbon monoxide within the times of EN 50291-1', () => {
    const firstAfter = (ppm: number) => {
      const detector = detectorOf(fire.rules);
      for (let second = 0; second <= 7200; second += 30) {
        const [first] = detector.evaluate([{ ...smoke(1000 * (second + 1), ppm), metric: 'co' } as DetectionInput]);
        if (first) return second / 60;
      }
      return undefined;
    };
    expect(firstAfter(30)).toBeUndefined();
    expect(firstAfter(50)).toBeGreaterThanOrEqual(60);
    expect(firstAfter(50)).toBeLessThanOrEqual(90);
    expect(firstAfter(100)).toBeGreaterThanOrEqual(10);
    expect(firstAfter(100)).toBeLessThanOrEqual(40);
    expect(firstAfter(300)).toBeLessThanOrEqual(3);
  });
});
