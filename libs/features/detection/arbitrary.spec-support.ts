import type { ActiveHours, Condition, EventCondition, Rule, SequenceCondition, Signal } from '@sc/contracts';
import fc from 'fast-check';
import type { DetectionInput } from './types.js';

/** Rules of every kind and streams of inputs, for properties that hold whatever comes. */

const text = { 'zh-CN': '一', en: 'a' };
const base = {
  version: 1,
  domain: 'fire',
  title: text,
  guidance: text,
  severity: 'severe',
  urgency: 'immediate',
  certainty: 'likely',
  workOrder: true,
  enabled: true,
  source: text,
} as const;

/** One step of time in these streams: hours of rules are about minutes. */
export const unit = 600_000;
const units = (...list: number[]) => fc.constantFrom(...list.map((n) => n * unit));
const optional = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });

export const threshold = fc.record({
  kind: fc.constant('threshold' as const),
  metric: fc.constantFrom('m', 'n'),
  direction: fc.constant('above' as const),
  raiseAt: fc.integer({ min: 5, max: 9 }),
  clearAt: fc.integer({ min: 2, max: 5 }),
  onDelayMs: units(0, 3, 10),
  offDelayMs: units(0, 3, 10),
  maxGapMs: units(2, 20),
  repeatCount: fc.constantFrom(1, 1, 3),
});
export const ratio = threshold.map((one) => ({ ...one, metric: 'm', of: 'n', raiseAt: 1.5, clearAt: 1 }));
export const event: fc.Arbitrary<EventCondition> = fc.record({
  kind: fc.constant('event' as const),
  raiseOn: fc.constantFrom<string[][]>(['on'], ['on', 'more']),
  clearOn: fc.constantFrom<string[][]>(['off'], []),
  match: optional(fc.constant<EventCondition['match']>([{ field: 'labels', anyOf: ['person', 'car'] }])),
  quietMs: optional(units(4, 12)),
  subject: optional(fc.constant<string>('id')),
  levels: optional(
    fc.constant({
      field: 'level',
      of: {
        low: { severity: 'minor' as const, workOrder: false },
        high: { severity: 'severe' as const, workOrder: true },
      },
    }),
  ),
});
export const held = fc.record({
  kind: fc.constant('held' as const),
  metric: fc.constant('open'),
  value: fc.boolean(),
  beginOn: fc.constantFrom<string[][]>(['on'], []),
  endOn: fc.constantFrom<string[][]>(['off'], []),
  forMs: units(3, 15),
});
export const silence = fc.record({ kind: fc.constant('silence' as const), afterMs: units(5, 12, 30) });
export const rate = fc.record({
  kind: fc.constant('rate' as const),
  metric: fc.constantFrom('m', 'n'),
  direction: fc.constantFrom('rising' as const, 'falling' as const),
  windowMs: units(2, 7),
  raiseAt: fc.constantFrom(0.05, 0.1),
  clearAt: fc.constantFrom(0.02, 0.05),
  onDelayMs: units(0, 3),
  offDelayMs: units(0, 3),
  maxGapMs: units(2, 20),
});
export const stuck = fc.record({
  kind: fc.constant('stuck' as const),
  metric: fc.constantFrom('m', 'n'),
  tolerance: fc.constantFrom(0, 4, 9),
  forMs: units(4, 12),
  maxGapMs: units(3),
});
export const forecast = fc.record({
  kind: fc.constant('forecast' as const),
  metric: fc.constant('m'),
  of: optional(fc.constant<string>('n')),
  direction: fc.constantFrom('rising' as const, 'falling' as const),
  level: fc.constantFrom(1, 6, 10),
  horizonMs: units(4, 20),
  clearBeyondMs: units(20, 30),
  windowMs: units(10, 40),
  minSpanMs: units(2, 8),
  minReadings: fc.constantFrom(3, 5),
  resetBy: fc.constantFrom(3, 8, 20),
  maxGapMs: units(6, 30),
});
export const signals = (...list: Signal[]) => fc.constantFrom(...list.map((one) => [one]));
const both = { id: fc.constant('sequence' as const), withinMs: units(3, 15), quietMs: optional(units(4, 12)) };
const clearOn = optional(signals({ event: 'more', match: [{ field: 'level', anyOf: ['high'] }] }));
export const byEvents = {
  on: signals({ event: 'on' }),
  expect: signals({ event: 'off' }, { event: 'off', match: [{ field: 'level', anyOf: ['low', 'high'] }] }),
  clearOn,
  subject: optional(fc.constant<string>('id')),
};
export const byMetric = {
  on: signals({ metric: 'open', value: true }),
  expect: signals({ metric: 'open', value: false }, { event: 'off' }),
  clearOn,
};
export const sequenceOf = (signal: typeof byEvents | typeof byMetric): fc.Arbitrary<SequenceCondition> =>
  fc
    .oneof(
      fc.record({ order: fc.constant('before' as const), graceMs: optional(units(1, 3)), ...both, ...signal }),
      fc.record({ order: fc.constant('after' as const), restarts: optional(fc.boolean()), ...both, ...signal }),
    )
    .map(({ id: kind, ...rest }) => ({ kind, ...rest }));
const sequence = fc.oneof(sequenceOf(byEvents), sequenceOf(byMetric));
const conditions: fc.Arbitrary<Condition> = fc.oneof(
  threshold,
  ratio,
  silence,
  event,
  held,
  rate,
  stuck,
  sequence,
  forecast,
);
const activeHours = fc.constantFrom<ActiveHours[]>(
  { from: '03:00', to: '08:30' },
  { from: '22:00', to: '05:10' },
  { from: '10:00', to: '10:20', days: [4] },
);
export const rules = fc
  .array(fc.tuple(conditions, optional(activeHours)), { minLength: 1, maxLength: 5 })
  .map((list): Rule[] => list.map(([condition, hours], index) => aRule(condition, index, hours)));
export const aRule = (condition: Condition, index: number, hours?: ActiveHours): Rule => ({
  ...base,
  id: `r${index}`,
  condition,
  ...(hours ? { activeHours: hours } : {}),
});

const inputOf = (longest: number): fc.Arbitrary<DetectionInput> =>
  fc
    .record({
      deviceId: fc.constantFrom('c/1', 'c/2'),
      ts: fc.integer({ min: 1, max: longest }).map((n) => n * unit),
      what: fc.oneof(
        fc.record({
          kind: fc.constant('reading' as const),
          metric: fc.constantFrom('m', 'n'),
          value: fc.integer({ min: 0, max: 12 }),
        }),
        fc.record({ kind: fc.constant('reading' as const), metric: fc.constant('open'), value: fc.boolean() }),
        fc.record({
          kind: fc.constant('event' as const),
          type: fc.constantFrom('on', 'off', 'more'),
          eventKey: fc.string(),
          data: fc.record({
            labels: fc.constantFrom<unknown[]>(['person', 'dog'], ['dog'], 'car', null),
            level: fc.constantFrom('low', 'high', 'none'),
            id: fc.constantFrom('a', 'b'),
          }),
        }),
      ),
    })
    .map(({ deviceId, ts, what }) => ({ deviceId, domain: 'fire', ts, receivedAt: ts, ...what }));
/** At most so many, in any order, over so many steps of time. */
export const inputsOf = (most: number, longest: number) => fc.array(inputOf(longest), { maxLength: most });
export const inputs = inputsOf(60, 160);
