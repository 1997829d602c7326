import type { Rule } from '@sc/contracts';
import fc from 'fast-check';
import { aRule, byEvents, event, held, inputs, rules, sequenceOf, unit } from './arbitrary.spec-support.js';
import { Detector } from './detector.js';
import type { AlarmTransition, DetectionInput } from './types.js';

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
