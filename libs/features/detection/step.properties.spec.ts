import type { Condition, Rule } from '@sc/contracts';
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

const threshold = fc.record({
  kind: fc.constant('threshold' as const),
  metric: fc.constantFrom('m', 'n'),
  direction: fc.constant('above' as const),
  raiseAt: fc.integer({ min: 5, max: 9 }),
  clearAt: fc.integer({ min: 2, max: 5 }),
  onDelayMs: fc.constantFrom(0, 3, 10),
  offDelayMs: fc.constantFrom(0, 3, 10),
  maxGapMs: fc.constantFrom(2, 20),
});
const conditions: fc.Arbitrary<Condition> = fc.oneof(
  threshold,
  fc.record({ kind: fc.constant('silence' as const), afterMs: fc.integer({ min: 5, max: 30 }) }),
  fc.constant<Condition>({ kind: 'event', raiseOn: ['on'], clearOn: ['off'] }),
);
const rules = fc
  .array(conditions, { minLength: 1, maxLength: 5 })
  .map((list): Rule[] => list.map((condition, index) => ({ ...base, id: `r${index}`, condition })));

const input: fc.Arbitrary<DetectionInput> = fc
  .record({
    deviceId: fc.constantFrom('c/1', 'c/2'),
    ts: fc.integer({ min: 1, max: 120 }),
    what: fc.oneof(
      fc.record({
        kind: fc.constant('reading' as const),
        metric: fc.constantFrom('m', 'n'),
        value: fc.integer({ min: 0, max: 12 }),
      }),
      fc.record({
        kind: fc.constant('event' as const),
        type: fc.constantFrom('on', 'off'),
        eventKey: fc.string(),
        data: fc.constant({}),
      }),
    ),
  })
  .map(({ deviceId, ts, what }) => ({ deviceId, domain: 'fire', ts, receivedAt: ts, ...what }));
const inputs = fc.array(input, { maxLength: 60 });
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
const oneByOne = (list: Rule[], stream: DetectionInput[]) => {
  const detector = detectorOf(list);
  return stream.flatMap((one) => detector.evaluate([one]));
};
/** Per condition, in order: batches of several devices may tell them interleaved. */
const perCondition = (transitions: AlarmTransition[]) => {
  const stories: Record<string, string[]> = {};
  for (const { deviceId, ruleId, kind, at } of transitions)
    (stories[`${deviceId} ${ruleId}`] ??= []).push(`${kind} ${at}`);
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
          if (original) repeated.splice(to, 0, { ...original, receivedAt: original.receivedAt + 1000 });
        }
        expect(oneByOne(list, repeated)).toEqual(oneByOne(list, stream));
      }),
    );
  });

  it('raises and clears in turn, at strictly growing times', () => {
    check(
      fc.property(rules, inputs, fc.integer({ min: 1, max: 200 }), (list, stream, now) => {
        const detector = detectorOf(list);
        const told = [
          ...stream.flatMap((one) => [...detector.evaluate([one]), ...detector.tick(one.ts)]),
          ...detector.tick(now),
        ];
        const last = new Map<string, AlarmTransition>();
        for (const transition of told) {
          const key = `${transition.deviceId} ${transition.ruleId}`;
          const before = last.get(key);
          expect(transition.kind).toBe(before?.kind === 'raise' ? 'clear' : 'raise');
          if (before) expect(transition.at).toBeGreaterThan(before.at);
          last.set(key, transition);
        }
        const active = [...last.values()].filter(({ kind }) => kind === 'raise');
        expect(perCondition(detector.activeConditions())).toEqual(perCondition(active));
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
