import type { Domain, Rule } from '@sc/contracts';
import { domainByName } from '@sc/domains';
import { Detector } from './detector.js';
import { aRule, event, levels } from './told.spec-support.js';
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
  const changed = fire.rules.map((rule) => (rule.id === 'fire-smoke' ? { ...rule, version: 9 } : rule));
  expect(detector.setRules(changed)).toEqual([]);
  expect(detector.activeConditions()).toMatchObject([{ ruleId: 'fire-smoke', ruleVersion: 9, at: 1000 }]);
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

it('leaves what stands as it was told, while hours keep back what begins anew', () => {
  const minute = 60_000;
  const day = 24 * 60 * minute;
  const emergency = aRule(
    { kind: 'event', raiseOn: ['on'], clearOn: [], levels },
    { activeHours: { from: '00:10', to: '00:20' } },
  );
  const detector = detectorOf([emergency]);
  detector.evaluate([event(5 * minute, 'on', { level: 'high' }), event(30 * minute, 'on', { level: 'low' })]);
  expect(detector.activeConditions()).toMatchObject([
    { at: 10 * minute, level: levels.of.high, cause: { eventKey: `on${5 * minute}` } },
  ]);
  // Not graver than what was told, though it is than what waits.
  expect(detector.evaluate([event(40 * minute, 'on', { level: 'high' })])).toEqual([]);
  detector.tick(day + 10 * minute);
  expect(detector.activeConditions()).toMatchObject([
    { at: day + 10 * minute, level: levels.of.high, cause: { eventKey: `on${40 * minute}` } },
  ]);
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

describe('a stopped rule', () => {
  it('judges nothing, ends nothing of its own, and goes on where it was when it is started again; others do not notice', () => {
    const detector = detectorOf(fire.rules);
    detector.evaluate([smoke(1000, 50)]);
    detector.setStopped(new Set(['fire-smoke']));
    expect(detector.evaluate([smoke(200_000, 0), smoke(300_000, 0), smoke(300_000, 50, 'c/new')])).toEqual([]);
    expect(detector.evaluate([{ ...smoke(300_000, 99), metric: 'temperature' } as DetectionInput])).toHaveLength(1);
    expect(detector.setRules(fire.rules.map((rule) => ({ ...rule })))).toEqual([]);
    expect(detector.activeConditions().map(({ ruleId }) => ruleId)).toContain('fire-smoke');
    expect(detector.evaluate([smoke(400_000, 0)])).toEqual([]);
    detector.setStopped(new Set());
    expect(detector.evaluate([smoke(500_000, 0), smoke(600_000, 0)])).toMatchObject([
      { kind: 'clear', ruleId: 'fire-smoke', at: 600_000 },
    ]);
  });

  it('tells no transition twice: what was told before it threw is told, what it threw at is not', () => {
    const told: string[] = [];
    const detector = new Detector({
      onRuleFailure: () => undefined,
      onTold: (rule, { at }) => told.push(`${rule.id} ${at}`),
      faults: (rule, input) => {
        if (rule.id === 'fire-smoke' && input.kind === 'reading' && input.ts === 2) throw new Error('injected');
      },
    });
    detector.setRules(fire.rules);
    expect(detector.evaluate([smoke(1, 50), smoke(2, 50, 'c/e'), smoke(3, 50, 'c/f')]).map(({ at }) => at)).toEqual([
      1, 3,
    ]);
    expect(told).toEqual(['fire-smoke 1', 'fire-smoke 3']);
  });
});
