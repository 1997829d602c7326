import { type Rule, ruleSchema } from '@sc/contracts';
import { domains } from '@sc/domains';
import fc from 'fast-check';
import { checkRule } from './check-rule.js';
import type { RuleWorld } from './look.js';

const world: RuleWorld = {
  domains,
  areaIds: new Set(['g1']),
  devices: new Map([
    ['c1/smoke-1', 'fire'],
    ['c1/bin-1', 'sanitation'],
  ]),
};
const defaults = domains.flatMap((domain) => domain.rules);
const ruleOf = (id: string): Rule => {
  const rule = defaults.find((one) => one.id === id);
  if (!rule) throw new Error(id);
  return rule;
};
const full = ruleOf('sanitation-bin-full');
const smoke = ruleOf('fire-smoke');
const held = ruleOf('access-door-held-open');
const smokeAlarm = ruleOf('fire-smoke-alarm');

/** What is said of a rule with these changes: `path code`. */
const said = (rule: object, change: Record<string, unknown> = {}, condition: Record<string, unknown> = {}) => {
  const present = (rule as { condition: object }).condition;
  const issues = checkRule({ ...rule, ...change, condition: { ...present, ...condition } }, world).issues;
  return issues.map(({ path, code }) => `${path} ${code}`);
};

it.each(defaults.map((rule) => [rule.id, rule] as const))('takes the default %s', (_, rule) => {
  expect(checkRule(rule, world)).toEqual({ rule, issues: [] });
});

describe('says where the shape is wrong, and how', () => {
  it.each<[object, string]>([
    [{ title: undefined }, 'title missing'],
    [{ severity: 'catastrophic' }, 'severity not-one-of'],
    [{ enabled: 'yes' }, 'enabled wrong-type'],
    [{ id: 'With Blanks' }, 'id wrong-format'],
    [{ guidance: { 'zh-CN': '', en: 'x' } }, 'guidance.zh-CN too-short'],
    [{ guidance: { 'zh-CN': '好', en: 'x'.repeat(501) } }, 'guidance.en too-long'],
    [{ appliesTo: {} }, 'appliesTo contradiction'],
    [{ acitveHours: { from: '08:00', to: '09:00' } }, 'acitveHours unknown-field'],
    [{ activeHours: { from: '25:00', to: '09:00' } }, 'activeHours.from wrong-format'],
    [{ condition: { kind: 'oracle' } }, 'condition.kind not-one-of'],
    [{ condition: { ...full.condition, onDelayMs: -1 } }, 'condition.onDelayMs too-small'],
    [{ condition: { ...full.condition, clearAt: 90 } }, 'condition.clearAt contradiction'],
    [{ condition: { ...full.condition, raiseat: 90 } }, 'condition.raiseat unknown-field'],
  ])('%j', (change, expected) => {
    expect(checkRule({ ...full, ...change }, world).issues.map(({ path, code }) => `${path} ${code}`)).toContain(
      expected,
    );
  });
});

describe('refuses what could never work', () => {
  it.each<[string, string[], string[]]>([
    ['a domain that nobody knows', said(full, { domain: 'laundry' }), ['domain unknown-domain']],
    ['a metric of another domain', said(full, {}, { metric: 'smoke' }), ['condition.metric unknown-metric']],
    [
      'a metric that objects have by nature',
      said(full, {}, { metric: 'toString' }),
      ['condition.metric unknown-metric'],
    ],
    [
      'a level beyond what a reading can be',
      said(full, {}, { raiseAt: 120 }),
      ['condition.raiseAt level-out-of-range'],
    ],
    [
      'a level that every reading reaches',
      said(full, {}, { raiseAt: 0, clearAt: 0 }),
      ['condition.raiseAt always-raised', 'condition.clearAt never-cleared'],
    ],
    ['a level that no reading clears', said(full, {}, { clearAt: 0 }), ['condition.clearAt never-cleared']],
    [
      'a delay that no gap proves',
      said(full, {}, { onDelayMs: 1, maxGapMs: 0 }),
      ['condition.maxGapMs delay-without-gap'],
    ],
    [
      'a gap shorter than the pause between two readings',
      said(smoke, {}, { maxGapMs: 10_000 }),
      ['condition.maxGapMs gap-shorter-than-usual'],
    ],
    [
      'an event that the domain has not',
      said(smokeAlarm, {}, { raiseOn: ['smoke.alrm'] }),
      ['condition.raiseOn[0] unknown-event'],
    ],
    ['an event twice', said(smokeAlarm, {}, { raiseOn: ['fault', 'fault'] }), ['condition.raiseOn[1] listed-twice']],
    [
      'a begin that is an end',
      said(smokeAlarm, {}, { clearOn: ['smoke.alarm'] }),
      ['condition.clearOn[0] begins-and-ends'],
    ],
    ['subjects whose end may be lost', said(smokeAlarm, {}, { subject: 'id' }), ['condition.quietMs never-ends']],
    ['levels of nothing', said(smokeAlarm, {}, { levels: { field: 'a', of: {} } }), ['condition.levels.of no-level']],
    ['a state of numbers', said(held, {}, { metric: 'battery' }), ['condition.metric metric-not-boolean']],
    ['a state that ends nowhere', said(held, {}, { endOn: [] }), ['condition.endOn needs-both-ends']],
    [
      'a silence shorter than a pause',
      said(ruleOf('fire-silent'), {}, { afterMs: 5_000 }),
      ['condition.afterMs silence-shorter-than-usual'],
    ],
    [
      'an area that is not there',
      said(full, { appliesTo: { areaIds: ['g1', 'nowhere'] } }),
      ['appliesTo.areaIds[1] unknown-area'],
    ],
    [
      'devices that are not there or of another kind',
      said(full, { appliesTo: { deviceIds: ['c1/bin-1', 'c1/none', 'c1/smoke-1'] } }),
      ['appliesTo.deviceIds[1] unknown-device', 'appliesTo.deviceIds[2] device-of-other-domain'],
    ],
    [
      'a kind of work that nobody does',
      said(full, { workOrderCategory: 'dancing' }),
      ['workOrderCategory unknown-category'],
    ],
    ['blank words', said(full, { title: { 'zh-CN': ' ', en: 'x' } }), ['title.zh-CN blank-text']],
    [
      'fires by office hours',
      said(smoke, { activeHours: { from: '08:00', to: '18:00' } }),
      ['activeHours life-safety-hours'],
    ],
    [
      'a weekday twice',
      said(full, { activeHours: { from: '08:00', to: '18:00', days: [1, 1] } }),
      ['activeHours.days[1] listed-twice'],
    ],
  ])('%s', (_, issues, expected) => {
    expect(issues).toEqual(expected);
  });

  it('a rule too large to keep', () => {
    expect(said(full, { source: { en: 'x'.repeat(300_000), 'zh-CN': 'x' } })).toEqual([' too-large']);
  });
});

it('never throws, whatever it is given, and takes nothing that the schema refuses', () => {
  const hostile = fc.oneof(
    fc.jsonValue(),
    fc.record({
      ...Object.fromEntries(
        Object.entries(full).map(([key, value]) => [key, fc.oneof(fc.constant(value), fc.jsonValue())]),
      ),
    }),
  );
  fc.assert(
    fc.property(hostile, (candidate) => {
      const checked = checkRule(candidate, world);
      if ('rule' in checked) expect(ruleSchema.parse(candidate)).toEqual(checked.rule);
      else expect(checked.issues.length).toBeGreaterThan(0);
    }),
    { numRuns: 300 },
  );
});
