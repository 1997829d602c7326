import type { Condition, Rule } from '@sc/contracts';
import fc from 'fast-check';
import { adopt, takeUp } from './adopt.js';
import {
  aRule,
  byEvents,
  byMetric,
  forecast,
  rate,
  ratio,
  sequenceOf,
  signals,
  stuck,
  threshold,
  unit,
} from './arbitrary.spec-support.js';
import { Detector } from './detector.js';
import { metricsOf } from './kinds/index.js';
import { eventReachOf, reachOf } from './reach.js';
import type { AlarmTransition, DetectionInput, OpenCondition } from './types.js';

type Standing = OpenCondition & { domain: string };

// That a metric changed is known by what it was before, and that only for a day, unless it says all by itself.
const sequence = fc
  .oneof(
    sequenceOf(byEvents),
    sequenceOf({
      ...byMetric,
      expect: signals({ metric: 'open', value: false }),
      clearOn: fc.constant(undefined),
    }).filter(({ order }) => order === 'after'),
  )
  .filter(({ quietMs }) => quietMs === undefined);
// Of a device that reports less often than the window is long, the mean between two reports counts; at the edge of what is looked at
// after a start the older of them is missing, and a pace may seem faster than it was (kinds/README.md).
const steadyRate = rate.map((condition) => ({
  ...condition,
  maxGapMs: Math.min(condition.maxGapMs, condition.windowMs),
}));
const conditions: fc.Arbitrary<Condition> = fc.oneof(threshold, ratio, steadyRate, stuck, forecast, sequence);
const rules = fc
  .array(conditions, { minLength: 1, maxLength: 2 })
  .map((list) => list.map((condition, index) => aRule(condition, index)));
/** A device that reports for days, far longer than any rule looks back: values that walk, stand still and leap, doors, holes. */
const turns = fc.array(
  fc.record({
    after: fc.constantFrom(1, 1, 1, 1, 2, 3, 12),
    walk: fc.constantFrom(0, 0, 1, 1, 1, -1, -2, 5, -9),
    more: fc.constantFrom<'' | 'n' | 'open' | 'on' | 'off'>('', '', '', 'n', 'open', 'on', 'off'),
    subject: fc.constantFrom('a', 'b'),
  }),
  { minLength: 30, maxLength: 120 },
);
const streams = turns.map((list) => {
  let [ts, m, n, open] = [0, 5, 6, false];
  return list.flatMap(({ after, walk, more, subject }): DetectionInput[] => {
    ts += after * unit;
    m = Math.min(12, Math.max(0, m + walk));
    const common = { deviceId: 'c/1', domain: 'fire', ts, receivedAt: ts };
    const read = (metric: string, value: number | boolean) => ({ kind: 'reading' as const, metric, value, ...common });
    const data = { id: subject, level: 'low' };
    if (more === 'on' || more === 'off') return [{ kind: 'event', type: more, eventKey: `${ts}`, data, ...common }];
    if (more === 'open') return [read('open', (open = !open))];
    if (more === 'n') n = 14 - n;
    // What a value is a share of comes with it, as devices do.
    return [read('n', n), read('m', m)];
  });
});

const detectorOf = (list: Rule[]): Detector => {
  const detector = new Detector({
    onRuleFailure: (_, error) => {
      throw error;
    },
  });
  detector.setRules(list);
  return detector;
};
const keyOf = ({ deviceId, ruleId, subject }: AlarmTransition) => `${deviceId} ${ruleId} ${subject}`;
const seriesOf = (input: DetectionInput) => (input.kind === 'reading' ? `m ${input.metric}` : `e ${input.type}`);

/** What PostgreSQL holds for active after these. */
function standingAfter(told: readonly AlarmTransition[]): Standing[] {
  const last = new Map(told.map((one) => [keyOf(one), one]));
  return [...last.values()]
    .filter(({ kind }) => kind !== 'clear')
    .map((one) => ({ ...one, domain: 'fire', severity: 'severe', workOrder: true }));
}

/** A start after `past`: as DetectionEngine.rebuild, with arrays for stores. */
function restarted(list: Rule[], past: readonly DetectionInput[], standing: Standing[], now: number) {
  const detector = detectorOf(list);
  const reach = reachOf(list);
  const coveredFrom = ({ condition }: Rule) =>
    Math.max(...metricsOf(condition).map((metric) => now - (reach.get(metric) ?? 0)));
  const isRecent = (input: DetectionInput) =>
    input.ts >= now - (input.kind === 'reading' ? (reach.get(input.metric) ?? 0) : eventReachOf(list));
  takeUp(detector, list, standing);
  const newest = new Map(past.map((input) => [seriesOf(input), input]));
  detector.evaluate([...newest.values()].filter((input) => !isRecent(input)));
  detector.evaluate(past.filter(isRecent));
  return { detector, ended: adopt(detector, standing, coveredFrom) };
}

/** Between two messages: the readings of one are committed together. */
function cutAt(stream: DetectionInput[], at: number): [past: DetectionInput[], future: DetectionInput[]] {
  const from = stream.findIndex(({ ts }, index) => index >= at && ts !== stream[index - 1]?.ts);
  return from < 0 ? [stream, []] : [stream.slice(0, from), stream.slice(from)];
}

const storyOf = (told: readonly AlarmTransition[]) => {
  const stories: Record<string, string[]> = {};
  for (const one of told) (stories[keyOf(one)] ??= []).push(`${one.kind} ${one.at}`);
  return stories;
};

it('tells the same with a restart as without, alarm by alarm (P8)', () => {
  fc.assert(
    fc.property(rules, streams, fc.integer({ min: 20, max: 100 }), (list, stream, at) => {
      const [past, future] = cutAt(stream, at);
      const through = detectorOf(list);
      const before = past.flatMap((one) => through.evaluate([one]));
      const { detector, ended } = restarted(list, past, standingAfter(before), past.at(-1)?.ts ?? 0);
      expect(ended).toEqual([]);
      expect(storyOf(future.flatMap((one) => detector.evaluate([one])))).toEqual(
        storyOf(future.flatMap((one) => through.evaluate([one]))),
      );
    }),
    { numRuns: 200 },
  );
});

const standing = (at: number, subject = ''): Standing => ({
  deviceId: 'c/1',
  domain: 'fire',
  ruleId: 'r0',
  subject,
  ruleVersion: 1,
  at,
  severity: 'severe',
  workOrder: true,
});
const common = (ts: number) => ({ deviceId: 'c/1', domain: 'fire', ts: ts * unit, receivedAt: ts * unit });

it('ends an overstay that stood before all that is remembered, when the vehicle leaves', () => {
  const overstay = aRule(
    {
      kind: 'sequence',
      on: [{ event: 'in' }],
      expect: [{ event: 'out' }],
      order: 'after',
      withinMs: unit,
      subject: 'plate',
    },
    0,
  );
  const { detector, ended } = restarted([overstay], [], [standing(unit, 'a'), standing(2 * unit, 'b')], 900 * unit);
  expect(ended).toEqual([]);
  const leaves = { kind: 'event' as const, type: 'out', eventKey: 'x', data: { plate: 'a' }, ...common(901) };
  expect(storyOf(detector.evaluate([leaves]))).toEqual({ 'c/1 r0 a': [`clear ${901 * unit}`] });
});

it('goes on counting readings in a row, however far apart they may lie', () => {
  const three = aRule(
    {
      kind: 'threshold',
      metric: 'm',
      direction: 'above',
      raiseAt: 5,
      clearAt: 5,
      onDelayMs: 0,
      offDelayMs: 0,
      maxGapMs: 50 * unit,
      repeatCount: 3,
    },
    0,
  );
  const high = (ts: number): DetectionInput => ({ kind: 'reading', metric: 'm', value: 9, ...common(ts) });
  const { detector } = restarted([three], [high(100), high(145)], [], 190 * unit);
  expect(storyOf(detector.evaluate([high(191)]))).toEqual({ 'c/1 r0 ': [`raise ${191 * unit}`] });
});
