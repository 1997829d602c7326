import type { ActiveHours, Condition, EventCondition, Rule, SequenceCondition, Signal } from '@sc/contracts';
import fc from 'fast-check';
import { Detector } from './detector.js';
import type { AlarmTransition, DetectionInput } from './types.js';

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
  source: 'test',
} as const;

/** One step of time in these streams: hours of rules are about minutes. */
const unit = 600_000;
const units = (...list: number[]) => fc.constantFrom(...list.map((n) => n * unit));
const optional = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });

const threshold = fc.record({
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
const ratio = threshold.map((one) => ({ ...one, metric: 'm', of: 'n', raiseAt: 1.5, clearAt: 1 }));
const event: fc.Arbitrary<EventCondition> = fc.record({
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
const held = fc.record({
  kind: fc.constant('held' as const),
  metric: fc.constant('open'),
  value: fc.boolean(),
  beginOn: fc.constantFrom<string[][]>(['on'], []),
  endOn: fc.constantFrom<string[][]>(['off'], []),
  forMs: units(3, 15),
});
const silence = fc.record({ kind: fc.constant('silence' as const), afterMs: units(5, 12, 30) });
const rate = fc.record({
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
const stuck = fc.record({
  kind: fc.constant('stuck' as const),
  metric: fc.constantFrom('m', 'n'),
  tolerance: fc.constantFrom(0, 4, 9),
  forMs: units(4, 12),
  maxGapMs: units(3),
});
const forecast = fc.record({
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
const signals = (...list: Signal[]) => fc.constantFrom(...list.map((one) => [one]));
const both = { id: fc.constant('sequence' as const), withinMs: units(3, 15), quietMs: optional(units(4, 12)) };
const clearOn = optional(signals({ event: 'more', match: [{ field: 'level', anyOf: ['high'] }] }));
const byEvents = {
  on: signals({ event: 'on' }),
  expect: signals({ event: 'off' }, { event: 'off', match: [{ field: 'level', anyOf: ['low', 'high'] }] }),
  clearOn,
  subject: optional(fc.constant<string>('id')),
};
const byMetric = {
  on: signals({ metric: 'open', value: true }),
  expect: signals({ metric: 'open', value: false }, { event: 'off' }),
  clearOn,
};
const sequenceOf = (signal: typeof byEvents | typeof byMetric): fc.Arbitrary<SequenceCondition> =>
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
const rules = fc
  .array(fc.tuple(conditions, optional(activeHours)), { minLength: 1, maxLength: 5 })
  .map((list): Rule[] => list.map(([condition, hours], index) => aRule(condition, index, hours)));
const aRule = (condition: Condition, index: number, hours?: ActiveHours): Rule => ({
  ...base,
  id: `r${index}`,
  condition,
  ...(hours ? { activeHours: hours } : {}),
});

const input: fc.Arbitrary<DetectionInput> = fc
  .record({
    deviceId: fc.constantFrom('c/1', 'c/2'),
    ts: fc.integer({ min: 1, max: 160 }).map((n) => n * unit),
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
const inputs = fc.array(input, { maxLength: 60 });
const shuffled = inputs.chain((list) =>
  fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
);
const inOrder = inputs.map((list) => list.toSorted((a, b) => a.ts - b.ts));

const detectorOf = (list: Rule[]): Detector => {
  const detector = new Detector({
    onRuleFailure: (_, error) => {
      throw error;
    },
  });
  detector.setRules(list);
  return detector;
};
const oneByOneOn = (detector: Detector, stream: DetectionInput[]) => stream.flatMap((one) => detector.evaluate([one]));
const oneByOne = (list: Rule[], stream: DetectionInput[]) => oneByOneOn(detectorOf(list), stream);
const endless = (list: Rule[], { ruleId }: AlarmTransition): boolean => {
  const condition = list.find(({ id }) => id === ruleId)?.condition;
  if (condition?.kind === 'sequence')
    return condition.order === 'before' && condition.clearOn === undefined && condition.quietMs === undefined;
  return condition?.kind === 'event' && condition.clearOn.length === 0 && condition.quietMs === undefined;
};
/** Per condition, in order: batches of several devices may tell them interleaved. */
const perCondition = (transitions: AlarmTransition[]) => {
  const stories: Record<string, string[]> = {};
  for (const { deviceId, ruleId, subject, kind, at, level } of transitions)
    (stories[`${deviceId} ${ruleId} ${subject}`] ??= []).push(`${kind} ${at} ${level?.severity ?? ''}`);
  return stories;
};
const check = (property: fc.IRawProperty<unknown>) => fc.assert(property, { numRuns: 300 });

describe('detection, whatever comes', () => {
  it('is causal: what comes later never changes what was told', () => {
    check(
      fc.property(rules, inputs, inputs, (list, first, later) => {
        const told = oneByOne(list, first);
        expect(oneByOne(list, [...first, ...later]).slice(0, told.length)).toEqual(told);
      }),
    );
  });

  it('is not changed by duplicates', () => {
    check(
      fc.property(rules, inputs, fc.array(fc.nat(), { maxLength: 60 }), (list, stream, places) => {
        const repeated = [...stream];
        // each place repeats something that came before it
        for (const place of places) {
          if (stream.length === 0) break;
          const from = place % repeated.length;
          const to = from + 1 + (place % (repeated.length - from));
          const original = repeated[from];
          if (original) repeated.splice(to, 0, { ...original, receivedAt: original.receivedAt + unit });
        }
        expect(oneByOne(list, repeated)).toEqual(oneByOne(list, stream));
      }),
    );
  });

  it('raises, rises and clears in turn, at strictly growing times', () => {
    check(
      fc.property(rules, inputs, fc.integer({ min: 1, max: 400 }), (list, stream, now) => {
        const detector = detectorOf(list);
        const told = [
          ...stream.flatMap((one) => [...detector.evaluate([one]), ...detector.tick(one.ts)]),
          ...detector.tick(now * unit),
        ];
        const last = new Map<string, AlarmTransition>();
        for (const transition of told) {
          const key = `${transition.deviceId} ${transition.ruleId} ${transition.subject}`;
          const before = last.get(key);
          const holds = before !== undefined && before.kind !== 'clear';
          // what only a person ends is told each time anew
          if (!holds || !endless(list, transition)) expect(transition.kind === 'raise').toBe(!holds);
          if (before) expect(transition.at).toBeGreaterThan(before.at);
          last.set(key, transition);
        }
        const active = [...last.values()]
          .filter(({ kind }) => kind !== 'clear')
          .map((one) => ({ ...one, kind: 'raise' as const }));
        expect(perCondition(detector.activeConditions())).toEqual(perCondition(active));
      }),
    );
  });

  it('tells the same whether time passes by our clock or is proven by what comes later', () => {
    check(
      fc.property(
        rules,
        inOrder,
        fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 40 }),
        (list, stream, ticks) => {
          const [live, replayed] = [detectorOf(list), detectorOf(list)];
          const told: AlarmTransition[] = [];
          const due = ticks.map((n) => n * unit - 1).toSorted((a, b) => a - b);
          for (const one of stream) {
            while (due[0] !== undefined && due[0] < one.ts) told.push(...live.tick(due.shift() ?? 0));
            told.push(...live.evaluate([one]));
          }
          const end = 2000 * unit;
          expect(perCondition([...told, ...live.tick(end)])).toEqual(
            perCondition([...oneByOneOn(replayed, stream), ...replayed.tick(end)]),
          );
        },
      ),
    );
  });

  it('comes to hold the same in whatever order begins and ends arrive', () => {
    const bothEnds = fc.oneof(
      held,
      event.filter(({ clearOn, quietMs }) => clearOn.length > 0 && quietMs === undefined),
      sequenceOf(byEvents).filter(({ quietMs }) => quietMs === undefined),
    );
    check(
      fc.property(fc.array(bothEnds, { minLength: 1, maxLength: 4 }), shuffled, (list, [stream, mixed]) => {
        const holding = (inputs: DetectionInput[]) => {
          const detector = detectorOf(list.map((condition, index) => aRule(condition, index)));
          oneByOneOn(detector, inputs);
          detector.tick(2000 * unit);
          return detector.activeConditions().map(({ deviceId, ruleId, subject }) => `${deviceId} ${ruleId} ${subject}`);
        };
        expect(holding(mixed).sort()).toEqual(holding(stream).sort());
      }),
    );
  });

  it('tells the same however the stream is cut into batches', () => {
    check(
      fc.property(rules, inOrder, fc.integer({ min: 1, max: 20 }), (list, stream, size) => {
        const detector = detectorOf(list);
        const told: AlarmTransition[] = [];
        for (let start = 0; start < stream.length; start += size)
          told.push(...detector.evaluate(stream.slice(start, start + size)));
        expect(perCondition(told)).toEqual(perCondition(oneByOne(list, stream)));
      }),
    );
  });

  it('sorts what comes in disorder within one batch', () => {
    check(
      fc.property(rules, inputs, (list, stream) => {
        expect(detectorOf(list).evaluate(stream)).toEqual(
          detectorOf(list).evaluate(stream.toSorted((a, b) => a.ts - b.ts)),
        );
      }),
    );
  });

  it('goes on as if nothing had happened after its memory was made anew from the same stream (P8)', () => {
    check(
      fc.property(rules, inOrder, fc.nat(), (list, stream, cut) => {
        const at = stream.length ? cut % stream.length : 0;
        const continuous = detectorOf(list);
        continuous.evaluate(stream.slice(0, at));
        const anew = detectorOf(list);
        for (const one of stream.slice(0, at)) anew.evaluate([one]);
        expect(anew.activeConditions()).toEqual(continuous.activeConditions());
        expect(anew.evaluate(stream.slice(at))).toEqual(continuous.evaluate(stream.slice(at)));
      }),
    );
  });
});
