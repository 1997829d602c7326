import { domainSchema } from '@sc/contracts';
import { domainByName, domains } from './index.js';

describe.each(domains.map((domain) => [domain.name, domain] as const))('domain %s', (name, domain) => {
  it('fits the schema', () => {
    expect(domainSchema.parse(domain)).toEqual(domain);
    expect(domainByName(name)).toBe(domain);
  });

  it('has rules about its own metrics and events only, under ids of its own', () => {
    for (const rule of domain.rules) {
      expect(rule.domain).toBe(name);
      expect(rule.id.startsWith(`${name}-`)).toBe(true);
      const { condition } = rule;
      if (condition.kind === 'threshold') expect(Object.keys(domain.metrics)).toContain(condition.metric);
      if (condition.kind === 'event')
        for (const type of [...condition.raiseOn, ...condition.clearOn])
          expect(Object.keys(domain.events)).toContain(type);
    }
  });

  it('has levels a reading can reach and come back from', () => {
    for (const { condition } of domain.rules) {
      if (condition.kind !== 'threshold') continue;
      const { type, min, max } = domain.metrics[condition.metric] ?? {};
      const [low, high] = type === 'boolean' ? [0, 1] : [min, max];
      for (const level of [condition.raiseAt, condition.clearAt]) {
        expect(level).toBeGreaterThanOrEqual(low ?? -Infinity);
        expect(level).toBeLessThanOrEqual(high ?? Infinity);
      }
      if (condition.onDelayMs > 0) expect(condition.maxGapMs).toBeGreaterThan(0);
    }
  });
});

it('knows each rule id once and no domain nobody wrote', () => {
  const ids = domains.flatMap((domain) => domain.rules.map((rule) => rule.id));
  expect(new Set(ids).size).toBe(ids.length);
  expect(domainByName('__proto__')).toBeUndefined();
});
