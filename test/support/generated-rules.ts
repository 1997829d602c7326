import { type ConditionKind, type ConditionOf, type Rule, ruleSchema, type SimpleCondition } from '@sc/contracts';
import fc from 'fast-check';
import {
  aRule,
  byEvents,
  byMetric,
  event,
  forecast,
  held,
  rate,
  ratio,
  sequenceOf,
  stuck,
  threshold,
  unit,
} from '../../libs/features/detection/arbitrary.spec-support.js';

const silence = fc.record({ kind: fc.constant('silence' as const), afterMs: fc.constantFrom(5 * unit, 12 * unit) });
const sequence = fc.oneof(sequenceOf(byEvents), sequenceOf(byMetric));
const baseline = fc.record({
  kind: fc.constant('baseline' as const),
  metric: fc.constant('m'),
  direction: fc.constantFrom('both' as const, 'above' as const),
  raiseAt: fc.constantFrom(0.3, 0.5),
  clearAt: fc.constantFrom(0.1, 0.3),
  onDelayMs: fc.constantFrom(0, unit),
  offDelayMs: fc.constantFrom(0, unit),
  maxGapMs: fc.constant(6 * unit),
  learnMs: fc.constant(6 * unit),
});
const members: fc.Arbitrary<SimpleCondition> = fc.oneof(threshold, event, held);
const group: fc.Arbitrary<ConditionOf<'group'>> = fc.record({
  kind: fc.constant('group' as const),
  members: fc.tuple(members, members).map(([a, b]) => [
    { id: 'a', condition: a },
    { id: 'b', condition: b },
  ]),
  atLeast: fc.constantFrom(1, 2),
  counting: fc.constantFrom('device' as const, 'member' as const, 'each' as const),
  within: fc.constantFrom('device' as const, 'room' as const, 'building' as const),
  windowMs: fc.constantFrom(0, 2 * unit, 9 * unit),
});

/** Conditions of every kind there is: a kind that is missing here does not compile. */
const conditions: { readonly [K in ConditionKind]: fc.Arbitrary<ConditionOf<K>> } = {
  threshold: fc.oneof(threshold, ratio),
  silence,
  event,
  held,
  rate,
  stuck,
  sequence,
  forecast,
  baseline,
  group,
};
export const kinds = Object.keys(conditions) as ConditionKind[];

/** A rule that PostgreSQL would give back as it is. */
export const ruleOf = (kind: ConditionKind, index: number, domain: string): fc.Arbitrary<Rule> =>
  conditions[kind]
    .map((condition) => ruleSchema.safeParse({ ...aRule(condition, index), domain }))
    .filter(({ success }) => success)
    .map(({ data }) => data!);
