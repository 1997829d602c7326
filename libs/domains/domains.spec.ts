import { domainSchema, readingRefusedEvent } from '@sc/contracts';
import { domainByName, domains } from './index.js';

/** Metrics and event types that a condition of any kind speaks of, by the names of the fields that hold them. */
function spokenOf(part: unknown): { metrics: string[]; events: string[] } {
  const found = { metrics: new Set<string>(), events: new Set<string>() };
  const walk = (value: unknown, key = ''): void => {
    // A member of a group that is about devices of another domain speaks of what those have.
    const elsewhere = typeof value === 'object' && value !== null && 'domain' in value && 'condition' in value;
    if (elsewhere) return;
    if (typeof value === 'string') {
      if (key === 'metric' || key === 'of') found.metrics.add(value);
      if (['raiseOn', 'clearOn', 'beginOn', 'endOn', 'event'].includes(key)) found.events.add(value);
    } else if (Array.isArray(value)) for (const one of value) walk(one, key);
    else if (typeof value === 'object' && value !== null)
      for (const [name, one] of Object.entries(value)) walk(one, name);
  };
  walk(part);
  return { metrics: [...found.metrics], events: [...found.events] };
}

describe.each(domains.map((domain) => [domain.name, domain] as const))('domain %s', (name, domain) => {
  it('fits the schema', () => {
    expect(domainSchema.parse(domain)).toEqual(domain);
    expect(domainByName(name)).toBe(domain);
  });

  it('has rules about its own metrics and events only, under ids of its own', () => {
    for (const rule of domain.rules) {
      expect(rule.domain).toBe(name);
      expect(rule.id.startsWith(`${name}-`)).toBe(true);
      const { metrics, events } = spokenOf(rule.condition);
      for (const metric of metrics) expect(Object.keys(domain.metrics)).toContain(metric);
      for (const type of events) expect([...Object.keys(domain.events), readingRefusedEvent]).toContain(type);
    }
  });

  it('has levels a reading can reach and come back from', () => {
    for (const { condition } of domain.rules) {
      if (condition.kind !== 'threshold') continue;
      const { type, min, max } = domain.metrics[condition.metric] ?? {};
      const [low, high] = condition.of ? [0, 1] : type === 'boolean' ? [0, 1] : [min, max];
      for (const level of [condition.raiseAt, condition.clearAt]) {
        expect(level).toBeGreaterThanOrEqual(low ?? -Infinity);
        expect(level).toBeLessThanOrEqual(high ?? Infinity);
      }
      if (condition.onDelayMs > 0) expect(condition.maxGapMs).toBeGreaterThan(0);
    }
  });

  it('bounds a metric only by a number of its own', () => {
    for (const { atMost } of Object.values(domain.metrics))
      if (atMost !== undefined) expect(domain.metrics[atMost]?.type).toBe('number');
  });

  it('holds only states that its devices can leave again', () => {
    for (const { condition } of domain.rules) {
      if (condition.kind !== 'held') continue;
      expect(domain.metrics[condition.metric]?.type).toBe('boolean');
      expect(condition.beginOn.length > 0).toBe(condition.endOn.length > 0);
    }
  });

  it('raises and ends events that differ, and tells levels of which one needs a person', () => {
    for (const { condition, severity, workOrder } of domain.rules) {
      if (condition.kind !== 'event') continue;
      for (const type of condition.raiseOn) expect(condition.clearOn).not.toContain(type);
      // What is told apart by a subject is never seen again under it, so that only quiet bounds a lost end.
      if (condition.subject) expect(condition.quietMs).toBeDefined();
      if (condition.levels) expect(Object.values(condition.levels.of)).toContainEqual({ severity, workOrder });
    }
  });

  it('lets a sensor close no order where somebody may be in danger', () => {
    for (const template of domain.workOrders) {
      if (domain.lifeSafety || template.severities.includes('extreme')) expect(template.verifier).toBe('staff');
    }
  });

  it('names different things differently, in each language', () => {
    for (const locale of ['zh-CN', 'en'] as const) {
      const titles = domain.rules.map(({ title }) => title[locale]);
      expect(new Set(titles).size).toBe(titles.length);
    }
  });
});

it('knows each rule id, name and kind of work once, and no domain nobody wrote', () => {
  const ids = domains.flatMap((domain) => domain.rules.map((rule) => rule.id));
  expect(new Set(ids).size).toBe(ids.length);
  const categories = domains.flatMap((domain) => domain.workOrders.map(({ category }) => category));
  expect(new Set(categories).size).toBe(categories.length);
  for (const locale of ['zh-CN', 'en'] as const)
    expect(new Set(domains.map(({ title }) => title[locale])).size).toBe(domains.length);
  expect(domainByName('__proto__')).toBeUndefined();
});
