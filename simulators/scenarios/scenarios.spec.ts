import { deviceIdSchema, eventPayloadSchema, slugSchema, telemetrySchema, textSchema } from '@sc/contracts';
import { domainByName } from '@sc/domains';
import { scenarios } from './catalogue.js';
import { delivered } from './scenario.js';

it('are named once, with names that can stand in ids', () => {
  expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length);
  for (const { name } of scenarios) expect(slugSchema.safeParse(name).success).toBe(true);
});

describe.each(scenarios)('scenario $name', (scenario) => {
  const domainOf = (device: string) => domainByName(scenario.devices.find(({ key }) => key === device)!.domain)!;

  it('is told in both languages', () => {
    for (const text of [scenario.title, scenario.story, ...scenario.rooms.map(({ name }) => name)])
      expect(textSchema.parse(text)).toEqual(text);
  });

  it('has its devices in its rooms, with ids of a length a device may have', () => {
    const rooms = new Set(scenario.rooms.map(({ key }) => key));
    for (const { key, room, domain } of scenario.devices) {
      expect(rooms).toContain(room);
      expect(domainByName(domain)).toBeDefined();
      expect(deviceIdSchema.safeParse(`sunshine/sim-${scenario.name}-mh9z2k1a-${key}`).success).toBe(true);
    }
  });

  it('says only what its domain knows, within what is possible', () => {
    for (const step of scenario.steps) {
      const domain = domainOf(step.device);
      if ('event' in step) {
        expect(eventPayloadSchema.safeParse(step.event).success).toBe(true);
        expect(domain.events).toHaveProperty([step.event.type]);
        continue;
      }
      expect(telemetrySchema.safeParse({ values: step.values }).success).toBe(true);
      for (const [metric, value] of Object.entries(step.values)) {
        const { min = -Infinity, max = Infinity, type, alsoType } = domain.metrics[metric]!;
        if (step.refused === undefined) {
          expect([type, alsoType]).toContain(typeof value);
          if (typeof value === 'number') expect(value >= min && value <= max).toBe(true);
        }
      }
    }
  });

  it('is told how many readings are refused, when some are', () => {
    const refused = scenario.steps.filter((step) => 'values' in step && step.refused !== undefined);
    expect(refused).toHaveLength(scenario.expected.refused ?? 0);
  });

  it('never says two values of one metric at one moment, unless it repeats itself', () => {
    const said = new Map<string, unknown>();
    for (const step of scenario.steps) {
      if (!('values' in step)) continue;
      for (const [metric, value] of Object.entries(step.values)) {
        const key = `${step.device} ${metric} ${step.atS}`;
        if (said.has(key)) expect([key, said.get(key)]).toEqual([key, value]);
        said.set(key, value);
      }
    }
  });

  it('expects and rules out only rules that exist and are on', () => {
    for (const { device, ruleId } of scenario.expected.alarms)
      expect(domainOf(device).rules.find((rule) => rule.id === ruleId)?.enabled).toBe(true);
    const all = scenario.devices.flatMap(({ key }) => domainOf(key).rules.map(({ id }) => id));
    for (const rule of scenario.expected.silentRules) {
      expect(all).toContain(rule);
      expect(scenario.expected.alarms.map(({ ruleId }) => ruleId)).not.toContain(rule);
    }
  });

  it('expects orders exactly when an expected alarm asks for a person', () => {
    const asks = scenario.expected.alarms.some(
      ({ device, ruleId }) => domainOf(device).rules.find(({ id }) => id === ruleId)!.workOrder,
    );
    expect(scenario.expected.workOrders > 0).toBe(asks);
    expect(scenario.expected.incidents).toBeGreaterThanOrEqual(scenario.expected.workOrders);
  });

  it('delivers every message, at least once', () => {
    const sent = delivered(scenario);
    expect(new Set(sent)).toEqual(new Set(scenario.steps));
    expect(sent).toHaveLength(scenario.steps.length * (scenario.delivery === 'once' ? 1 : 2));
  });
});
