import type { Domain, Rule } from '@sc/contracts';
import { domainByName } from '@sc/domains';
import { Detector } from '../detector.js';
import type { AlarmTransition, DetectionInput } from '../types.js';
import { CostWatch } from './cost-watch.js';
import { guardLimits } from './limits.js';
import { type FoundTrouble, RuleGuard } from './rule-guard.js';

const minute = 60_000;
const ruleOf = (domain: string, id: string): Rule =>
  (domainByName(domain) as Domain).rules.find((rule) => rule.id === id) as Rule;
const tilted = ruleOf('sanitation', 'sanitation-bin-tilted');
const smoke = ruleOf('fire', 'fire-smoke');

let now: number;
let found: FoundTrouble[];
let guard: RuleGuard;
beforeEach(() => {
  now = 10 * minute;
  found = [];
  guard = new RuleGuard(
    () => now,
    (one) => found.push(one),
  );
});

const transition = (deviceId: string, at: number): AlarmTransition => ({
  kind: 'raise',
  deviceId,
  ruleId: '',
  subject: '',
  ruleVersion: 1,
  at,
  cause: {},
});
const tell = (rule: Rule, devices: number, each: number, at = (n: number) => n) => {
  for (let n = 0; n < each; n += 1)
    for (let device = 0; device < devices; device += 1) guard.told(rule, transition(`c/d${device}`, at(n)));
};

describe('a flood', () => {
  it('is a rule that flutters with each reading of many devices', () => {
    tell(tilted, 20, 60);
    expect(found).toMatchObject([
      { ruleId: tilted.id, trouble: { reason: 'floods', stopped: true, version: tilted.version } },
    ]);
  });

  it('is not a storm: a power cut of 20,000 devices, 5,000 smoke alarms in a second that come, go and come again', () => {
    tell(ruleOf('access', 'access-silent'), 20_000, 2);
    tell({ ...tilted, id: 'storm' }, 5_000, 6);
    expect(found).toEqual([]);
  });

  it('is not one device that plays mad: it must not end the rule of all others', () => {
    tell(tilted, 5, 5_000);
    expect(found).toEqual([]);
  });

  it('is not an hour that devices tell at once when their gateway is back', () => {
    tell(tilted, 200, 120, (n) => n * 30_000);
    expect(found).toEqual([]);
  });

  it('is not what comes over many minutes', () => {
    for (let round = 0; round < 60; round += 1) {
      now += minute;
      tell(tilted, 15, 30);
    }
    expect(found).toEqual([]);
  });

  it('of a rule that lives may depend on is told and goes on', () => {
    tell(smoke, 20, 60);
    expect(found).toMatchObject([{ ruleId: smoke.id, trouble: { reason: 'floods', stopped: false } }]);
  });

  it('is told once for each version, and anew when a person started the rule again', () => {
    tell(tilted, 20, 120);
    tell({ ...tilted, version: 9 }, 1, 1);
    tell({ ...tilted, version: 9 }, 20, 60);
    expect(found.map(({ trouble }) => trouble.version)).toEqual([tilted.version, 9]);
    guard.forgive(tilted.id);
    tell({ ...tilted, version: 9 }, 20, 60);
    expect(found).toHaveLength(3);
  });
});

describe('a rule that throws', () => {
  it('is stopped, but not for one strange input', () => {
    for (let n = 1; n < guardLimits.throws; n += 1) guard.threw(tilted, new Error('no'));
    now += minute;
    for (let n = 1; n < guardLimits.throws; n += 1) guard.threw(tilted, new Error('no'));
    expect(found).toEqual([]);
    guard.threw(tilted, new TypeError('x'.repeat(5_000)));
    expect(found).toMatchObject([{ trouble: { reason: 'throws', stopped: true, amount: guardLimits.throws } }]);
    expect(found[0]?.trouble.detail.length).toBeLessThanOrEqual(200);
  });

  it('goes on where lives may depend on it: one device must not leave all others unwatched', () => {
    for (let n = 1; n <= guardLimits.throws; n += 1) guard.threw(smoke, new Error('no'));
    expect(found).toMatchObject([{ ruleId: smoke.id, trouble: { reason: 'throws', stopped: false } }]);
  });
});

describe('costs', () => {
  const judged: [string, number][] = [];
  let clock = 0;
  let inputs = 0;
  let dear = 5;
  const detector = new Detector({
    onRuleFailure: () => undefined,
    faults: ({ id }) => {
      clock += id === tilted.id ? dear : 0.01;
      // Another program has the processor now and then.
      inputs += 1;
      if (inputs % 40 === 0) clock += 100;
    },
  });
  detector.setRules([tilted, ruleOf('sanitation', 'sanitation-bin-full')]);
  const watch = new CostWatch(
    (meter) => detector.measure(meter),
    (rule, microseconds) => {
      judged.push([rule.id, Math.round(microseconds)]);
      guard.cost(rule, microseconds);
    },
    () => clock,
  );
  const batch = (from: number) => {
    const inputs = Array.from({ length: 400 }, (_, n): DetectionInput => {
      const metric = n % 2 === 0 ? 'tilt' : 'fillPercent';
      return {
        kind: 'reading',
        domain: 'sanitation',
        deviceId: `c/d${n}`,
        metric,
        ts: from,
        value: 1,
        receivedAt: from,
      };
    });
    const startedAt = clock;
    detector.evaluate(inputs);
    watch.took(inputs.length, clock - startedAt);
  };

  it('are measured when batches are slow, and no rule is blamed for what others took', () => {
    dear = 0.02;
    for (let n = 101; n < 120; n += 1) batch(n);
    expect(judged.length).toBeGreaterThan(0);
    expect(found).toEqual([]);
  });

  it('are measured when batches are slow, and the rule that is dear is stopped', () => {
    dear = 5;
    judged.length = 0;
    for (let n = 1; n < 10; n += 1) batch(n);
    expect(new Map(judged)).toEqual(
      new Map([
        [tilted.id, 5_000],
        ['sanitation-bin-full', 10],
      ]),
    );
    expect(found).toMatchObject([{ ruleId: tilted.id, trouble: { reason: 'costs', stopped: true, amount: 5_000 } }]);
  });
});
