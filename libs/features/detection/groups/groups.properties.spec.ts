import type { GroupCondition, Rule } from '@sc/contracts';
import fc from 'fast-check';
import type { AlarmTransition, DetectionInput } from '../types.js';
import { aRule, detectorOf, event, lines, told } from './group-scene.spec-support.js';

const devices = ['c/k1', 'c/k2', 'c/h', 'c/x'] as const;
const memberIds = ['p', 'q', 'r'] as const;

const condition: fc.Arbitrary<GroupCondition> = fc
  .record({
    atLeast: fc.integer({ min: 1, max: 3 }),
    counting: fc.constantFrom('device' as const, 'member' as const, 'each' as const),
    within: fc.constantFrom('device' as const, 'room' as const, 'building' as const),
    windowMs: fc.constantFrom(0, 7, 20),
  })
  .map((of) => ({
    kind: 'group' as const,
    ...of,
    members: memberIds.map((id) => ({ id, condition: told(`${id}.on`, [`${id}.off`]) })),
  }));

interface Said {
  deviceId: string;
  memberId: string;
  on: boolean;
  ts: number;
}
const said = (times: number): fc.Arbitrary<Said[]> =>
  fc
    .array(
      fc.record({ deviceId: fc.constantFrom(...devices), memberId: fc.constantFrom(...memberIds), on: fc.boolean() }),
      { maxLength: 40 },
    )
    // One thing at a moment: what of one moment is first is nobody's to say.
    .map((list) => list.map((one, index) => ({ ...one, ts: (index + 1) * times })));
const inputOf = ({ deviceId, memberId, on, ts }: Said): DetectionInput =>
  event(deviceId, ts, `${memberId}.${on ? 'on' : 'off'}`);

const placeOf = (deviceId: string, within: GroupCondition['within']): string =>
  within === 'device'
    ? deviceId
    : within === 'room'
      ? ({ 'c/k1': 'k', 'c/k2': 'k', 'c/h': 'h' }[deviceId] ?? 'x')
      : deviceId === 'c/x'
        ? 'b2'
        : 'b1';

/** Whether a place's condition holds at `t`, found by looking at everything that was ever said. */
function holdsAt(list: readonly Said[], of: GroupCondition, place: string, t: number): boolean {
  const counted = devices
    .filter((deviceId) => placeOf(deviceId, of.within) === place)
    .flatMap((deviceId) =>
      memberIds
        .filter((memberId) => {
          const own = list.filter((one) => one.deviceId === deviceId && one.memberId === memberId && one.ts <= t);
          if (own.at(-1)?.on) return true;
          // It began when it was said and not said before.
          return own.some(({ on, ts }, index) => on && !own[index - 1]?.on && t < ts + of.windowMs);
        })
        .map((memberId) => ({ deviceId, memberId })),
    );
  const distinct = new Set(
    counted.map((one) =>
      of.counting === 'device' ? one.deviceId : of.counting === 'member' ? one.memberId : Object.values(one).join(),
    ),
  );
  return distinct.size >= of.atLeast;
}

function storyByLooking(list: readonly Said[], of: GroupCondition, until: number): string[] {
  const places = [...new Set(devices.map((deviceId) => placeOf(deviceId, of.within)))].sort();
  return places.flatMap((place) => {
    const turns: string[] = [];
    for (let t = 0; t <= until; t += 1)
      if (holdsAt(list, of, place, t) !== (turns.length % 2 === 1))
        turns.push(`${place} ${turns.length % 2 ? 'clear' : 'raise'} ${t}`);
    return turns;
  });
}

const storyOf = (transitions: readonly AlarmTransition[], of: GroupCondition): string[] =>
  transitions
    .map(({ kind, deviceId, at }) => ({ place: placeOf(deviceId, of.within), at, kind }))
    .sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : a.at - b.at))
    .map(({ place, kind, at }) => `${place} ${kind} ${at}`);

const check = (property: fc.IRawProperty<unknown>) => fc.assert(property, { numRuns: 100 });
const ruleOf = (of: GroupCondition): Rule => aRule(of);
const end = 500;

describe('groups, whatever comes', () => {
  it('tell what somebody would find who looks at all that was said', () => {
    check(
      fc.property(condition, said(3), (of, list) => {
        const detector = detectorOf([ruleOf(of)]);
        const seen = [...list.flatMap((one) => detector.evaluate([inputOf(one)])), ...detector.tick(end)];
        expect(storyOf(seen, of)).toEqual(storyByLooking(list, of, end));
      }),
    );
  });

  it('tell the same whether time passes by our clock or is proven by what comes later, and however the stream is cut', () => {
    check(
      fc.property(
        condition,
        said(3),
        fc.array(fc.integer({ min: 1, max: 130 }), { maxLength: 30 }),
        fc.integer({ min: 1, max: 9 }),
        (of, list, ticks, size) => {
          const [live, cut] = [detectorOf([ruleOf(of)]), detectorOf([ruleOf(of)])];
          const due = ticks.toSorted((a, b) => a - b);
          const seen: AlarmTransition[] = [];
          for (const one of list) {
            while (due[0] !== undefined && due[0] < one.ts) seen.push(...live.tick(due.shift()!));
            seen.push(...live.evaluate([inputOf(one)]));
          }
          const batches: AlarmTransition[] = [];
          for (let at = 0; at < list.length; at += size)
            batches.push(...cut.evaluate(list.slice(at, at + size).map(inputOf)));
          expect(storyOf([...seen, ...live.tick(end)], of)).toEqual(storyOf([...batches, ...cut.tick(end)], of));
        },
      ),
    );
  });

  it('are causal, and raise and clear in turn at growing times, in whatever order things come', () => {
    check(
      fc.property(
        condition,
        said(3).chain((list) => fc.shuffledSubarray(list, { minLength: list.length })),
        fc.nat(),
        (of, mixed, cut) => {
          const [whole, first] = [detectorOf([ruleOf(of)]), detectorOf([ruleOf(of)])];
          const seen = mixed.flatMap((one) => whole.evaluate([inputOf(one)]));
          const before = mixed.slice(0, cut % (mixed.length + 1)).flatMap((one) => first.evaluate([inputOf(one)]));
          expect(seen.slice(0, before.length)).toEqual(before);
          const last = new Map<string, AlarmTransition>();
          for (const one of seen) {
            const key = `${one.deviceId} ${one.subject}`;
            expect(one.kind === 'raise').toBe(last.get(key)?.kind !== 'raise');
            expect(one.at).toBeGreaterThan(last.get(key)?.at ?? 0);
            last.set(key, one);
          }
          // One alarm for a place at a time.
          const standing = whole.activeConditions().map(({ deviceId }) => placeOf(deviceId, of.within));
          expect(new Set(standing).size).toBe(standing.length);
        },
      ),
    );
  });

  it('come to hold the same in whatever order begins and ends of different devices arrive', () => {
    check(
      fc.property(
        condition,
        said(3).chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        (of, [list, mixed]) => {
          const holding = (stream: readonly Said[]) => {
            const detector = detectorOf([ruleOf(of)]);
            for (const one of stream) detector.evaluate([inputOf(one)]);
            detector.tick(end);
            return detector
              .activeConditions()
              .map(({ deviceId }) => placeOf(deviceId, of.within))
              .sort();
          };
          expect(holding(mixed)).toEqual(holding(list));
        },
      ),
    );
  });

  it('go on as if nothing had happened after their memory was made anew from the same stream (P8)', () => {
    check(
      fc.property(condition, said(3), fc.nat(), (of, list, cut) => {
        const at = cut % (list.length + 1);
        const [through, anew] = [detectorOf([ruleOf(of)]), detectorOf([])];
        through.evaluate(list.slice(0, at).map(inputOf));
        anew.setRules([ruleOf(of)]);
        for (const one of list.slice(0, at)) anew.evaluate([inputOf(one)]);
        expect(anew.activeConditions()).toEqual(through.activeConditions());
        const rest = list.slice(at).map(inputOf);
        expect(lines([...anew.evaluate(rest), ...anew.tick(end)])).toEqual(
          lines([...through.evaluate(rest), ...through.tick(end)]),
        );
      }),
    );
  });
});
