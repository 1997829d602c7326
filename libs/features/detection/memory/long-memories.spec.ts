import type { BaselineCondition, Rule } from '@sc/contracts';
import type { Reading } from '@sc/platform/time-series';
import fc from 'fast-check';
import { adopt, takeUp } from '../adopt.js';
import { aRule, unit } from '../arbitrary.spec-support.js';
import { Detector } from '../detector.js';
import { reachOf } from '../reach.js';
import type { BaselineState } from '../state.js';
import type { AlarmTransition, OpenCondition, ReadingInput } from '../types.js';
import { type Kept, longMemories, takeUpMemories } from './long-memories.js';
import { catchUp } from './restore.js';

const baseline = (over: Partial<BaselineCondition> = {}): BaselineCondition => ({
  kind: 'baseline',
  metric: 'm',
  direction: 'both',
  raiseAt: 0.3,
  clearAt: 0.2,
  onDelayMs: 0,
  offDelayMs: 3 * unit,
  maxGapMs: 30 * unit,
  learnMs: 6 * 3_600_000,
  ...over,
});
const conditions = fc
  .record({
    direction: fc.constantFrom('both' as const, 'above' as const, 'below' as const),
    raiseAt: fc.constantFrom(0.25, 0.4),
    onDelayMs: fc.constantFrom(0, unit),
    offDelayMs: fc.constantFrom(0, 3 * unit, 12 * unit),
  })
  .map(baseline);
/** Days of a device: it wavers, leaps now and then, falls silent. */
const streams = fc
  .array(
    fc.record({
      after: fc.constantFrom(1, 1, 1, 1, 1, 2, 40),
      value: fc.oneof(
        { weight: 12, arbitrary: fc.integer({ min: 0, max: 3 }) },
        { weight: 1, arbitrary: fc.integer({ min: -40, max: 60 }) },
      ),
    }),
    { minLength: 120, maxLength: 260 },
  )
  .map((list) => {
    let ts = 0;
    return list.map(({ after, value }) => readingAt((ts += after * unit), value));
  });
const readingAt = (ts: number, value: number): ReadingInput => ({
  kind: 'reading',
  deviceId: 'c/1',
  domain: 'fire',
  metric: 'm',
  ts,
  receivedAt: ts,
  value,
});

const domains = new Map([['c/1', 'fire']]);
function detectorOf(rules: Rule[]): Detector {
  const detector = new Detector({
    onRuleFailure: (_, error) => {
      throw error;
    },
  });
  detector.setRules(rules);
  return detector;
}
const learnedBy = (detector: Detector) => (detector.slot('c/1', 'fire', 'r0')!.state as BaselineState).learned;
const feed = (detector: Detector, list: readonly ReadingInput[]) => list.flatMap((one) => detector.evaluate([one]));

/** As a row of a table: text and bytes. */
const stored = ({ numbers, state, ...rest }: Kept): Kept => ({
  ...rest,
  state: JSON.parse(JSON.stringify(state)) as Record<string, unknown>,
  numbers: new Float64Array(new Uint8Array(Buffer.from(numbers.buffer)).buffer),
});

/** Of a version that kept whether something was told, and not what. */
const storedBefore = (kept: Kept): Kept => {
  const { state, ...rest } = stored(kept);
  return { ...rest, state: { ...state, told: state['told'] !== null } };
};

function standingAfter(told: readonly AlarmTransition[]): (OpenCondition & { domain: string })[] {
  const last = told.at(-1);
  return last && last.kind !== 'clear' ? [{ ...last, domain: 'fire', severity: 'severe', workOrder: true }] : [];
}

/** A start after `past`, with memories that were kept some time before. As DetectionEngine.rebuild, with arrays for stores. */
async function restarted(rules: Rule[], past: readonly ReadingInput[], kept: Kept[], told: readonly AlarmTransition[]) {
  const detector = detectorOf(rules);
  const now = past.at(-1)?.ts ?? 0;
  const reach = reachOf(rules);
  const from = (metric: string) => now - (reach.get(metric) ?? 0);
  const taken = takeUpMemories(detector, domains, kept);
  const standing = standingAfter(told);
  takeUp(detector, rules, standing);
  const readings: Reading[] = past.map(({ deviceId, metric, ts, value }) => ({ deviceId, metric, ts, value }));
  const store = {
    last: async () => readings.slice(-1),
    scan: async function* (begin: number, end: number) {
      yield readings.filter(({ ts }) => ts >= begin && ts < end).reverse();
    },
  };
  await catchUp(detector, store, taken, from);
  feed(
    detector,
    past.filter(({ ts }) => ts >= from('m')),
  );
  expect(adopt(detector, standing)).toEqual([]);
  return detector;
}

it('tells the same with restarts at any moments as without, and has learned exactly the same (P8)', async () => {
  let told = 0;
  await fc.assert(
    fc.asyncProperty(
      conditions,
      streams,
      fc.array(fc.tuple(fc.nat(200), fc.nat(60)), { minLength: 1, maxLength: 3 }),
      fc.constantFrom(stored, storedBefore),
      async (condition, stream, restarts, asStored) => {
        const rules = [aRule(condition, 0)];
        const through = detectorOf(rules);
        const expected = feed(through, stream);
        told += expected.length;
        const moments = restarts.map(([at, before]) => ({ at, before })).sort((a, b) => a.at - b.at);
        let detector = detectorOf(rules);
        let kept: Kept[] = [];
        const got: AlarmTransition[] = [];
        const live = (list: readonly ReadingInput[]) => got.push(...feed(detector, list));
        let done = 0;
        for (const { at, before } of moments) {
          const keptAt = Math.max(done, at - before);
          live(stream.slice(done, keptAt));
          const copies = [...longMemories(detector, new Map())].map(asStored);
          if (copies.length > 0) kept = copies;
          live(stream.slice(keptAt, Math.max(at, keptAt)));
          done = Math.max(at, keptAt);
          // Nothing was kept yet: what was learned is lost, and that is hours at most.
          if (kept.length > 0) detector = await restarted(rules, stream.slice(0, done), kept, got);
        }
        live(stream.slice(done));
        const story = (list: readonly AlarmTransition[]) => list.map(({ kind, at, cause }) => ({ kind, at, cause }));
        expect(story(got)).toEqual(story(expected));
        expect(learnedBy(detector)).toEqual(learnedBy(through));
      },
    ),
    { numRuns: 25 },
  );
  // The streams are worth something: alarms begin and end in them.
  expect(told).toBeGreaterThan(10);
});

it('goes on with the delay that ran when it was kept', async () => {
  const rules = [aRule(baseline({ offDelayMs: 12 * unit }), 0)];
  const stream = Array.from({ length: 300 }, (_, i) => readingAt((i + 1) * unit, i === 200 ? 60 : i % 3));
  const expected = feed(detectorOf(rules), stream);
  const cleared = expected.findIndex(({ kind }) => kind === 'clear');
  const end = expected[cleared]!.at / unit;
  const detector = detectorOf(rules);
  feed(detector, stream.slice(0, end - 6));
  const kept = [...longMemories(detector, new Map())].map(stored);
  const past = stream.slice(0, end - 1);
  const started = await restarted(rules, past, kept, expected.slice(0, cleared));
  expect(feed(started, stream.slice(end - 1))).toEqual(expected.slice(cleared));
});

it('is not taken up by a rule about another metric, of another layout, or cut short', () => {
  const detector = detectorOf([aRule(baseline(), 0)]);
  feed(detector, [readingAt(unit, 1)]);
  const [kept] = [...longMemories(detector, new Map())];
  const other = detectorOf([aRule(baseline({ metric: 'n' }), 0)]);
  expect(takeUpMemories(other, domains, [kept!])).toEqual([]);
  const same = () => detectorOf([aRule(baseline({ raiseAt: 0.9 }), 0)]);
  expect(takeUpMemories(same(), domains, [{ ...kept!, about: 'baseline/0/m' }])).toEqual([]);
  expect(takeUpMemories(same(), domains, [{ ...kept!, numbers: new Float64Array(3) }])).toEqual([]);
  expect(takeUpMemories(same(), new Map(), [kept!])).toEqual([]);
  expect(takeUpMemories(same(), domains, [kept!])).toHaveLength(1);
});

it('is written only when something was learned since', () => {
  const detector = detectorOf([aRule(baseline(), 0)]);
  detector.slot('c/1', 'fire', 'r0');
  expect([...longMemories(detector, new Map())]).toEqual([]);
  feed(detector, [readingAt(unit, 1)]);
  const [kept] = [...longMemories(detector, new Map())];
  expect([...longMemories(detector, new Map([['c/1 r0', kept!.newestTs]]))]).toEqual([]);
});
