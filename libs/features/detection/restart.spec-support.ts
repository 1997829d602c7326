import type { Condition, Rule } from '@sc/contracts';
import fc from 'fast-check';
import { adopt, takeUp } from './adopt.js';
import {
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
import { eventReachOf, judgedFromOf, reachOf } from './reach.js';
import type { AlarmTransition, DetectionInput, OpenCondition } from './types.js';

/** Days of one device, and a start in their midst: what properties about restarts are made of. */

export type Standing = OpenCondition & { domain: string };

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
/** Of every kind that readings end, and of sequences. */
export const conditions = { threshold, ratio, rate, stuck, forecast, sequence } satisfies Record<
  string,
  fc.Arbitrary<Condition>
>;

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
export const streams = turns.map((list) => {
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

export const detectorOf = (list: Rule[]): Detector => {
  const detector = new Detector({
    onRuleFailure: (_, error) => {
      throw error;
    },
  });
  detector.setRules(list);
  return detector;
};
const keyOf = ({ deviceId, ruleId, subject }: Pick<AlarmTransition, 'deviceId' | 'ruleId' | 'subject'>) =>
  `${deviceId} ${ruleId} ${subject}`;
const seriesOf = (input: DetectionInput) => (input.kind === 'reading' ? `m ${input.metric}` : `e ${input.type}`);

/** What PostgreSQL holds for active after these. */
function standingAfter(told: readonly AlarmTransition[]): Standing[] {
  const last = new Map(told.map((one) => [keyOf(one), one]));
  return [...last.values()]
    .filter(({ kind }) => kind !== 'clear')
    .map((one) => ({ ...one, domain: 'fire', severity: 'severe', workOrder: true }));
}

/** A start after `past`: as DetectionEngine.rebuild, with arrays for stores. */
export function restarted(list: Rule[], past: readonly DetectionInput[], standing: Standing[], now: number) {
  const detector = detectorOf(list);
  const reach = reachOf(list);
  const eventsFrom = now - eventReachOf(list);
  const isRecent = (input: DetectionInput) =>
    input.ts >= (input.kind === 'reading' ? now - (reach.get(input.metric) ?? 0) : eventsFrom);
  detector.retelling(judgedFromOf({ reach, eventsFrom, now }));
  takeUp(detector, list, standing);
  const newest = new Map(past.map((input) => [seriesOf(input), input]));
  const older = [...newest.values()].filter((input) => !isRecent(input));
  const isLooked = (input: DetectionInput) => input.kind === 'event' || reach.has(input.metric);
  detector.evaluate([...older.filter(isLooked), ...past.filter((input) => isRecent(input) && isLooked(input))]);
  // Signs of life and of time.
  detector.evaluate([...newest.values()].filter((input) => !isLooked(input)));
  detector.retelling();
  return { detector, ended: adopt(detector, standing) };
}

/** Between two messages: the readings of one are committed together. */
function cutAt(stream: DetectionInput[], at: number): [past: DetectionInput[], future: DetectionInput[]] {
  const from = stream.findIndex(({ ts }, index) => index >= at && ts !== stream[index - 1]?.ts);
  return from < 0 ? [stream, []] : [stream.slice(0, from), stream.slice(from)];
}

export const storyOf = (told: readonly AlarmTransition[]) => {
  const stories: Record<string, string[]> = {};
  for (const one of told) (stories[keyOf(one)] ??= []).push(`${one.kind} ${one.at}`);
  return stories;
};

/** What is told after `at` with a start there and without one; `ended` is what the start itself ended. */
export function withAndWithout(list: Rule[], stream: DetectionInput[], at: number) {
  const [past, future] = cutAt(stream, at);
  const through = detectorOf(list);
  const before = past.flatMap((one) => through.evaluate([one]));
  const standing = standingAfter(before);
  const { detector, ended } = restarted(list, past, standing, past.at(-1)?.ts ?? 0);
  const known = new Set(standing.map(keyOf));
  const raised = detector.activeConditions().filter((one) => !known.has(keyOf(one)));
  return {
    ended,
    raised,
    restarted: storyOf(future.flatMap((one) => detector.evaluate([one]))),
    straight: storyOf(future.flatMap((one) => through.evaluate([one]))),
  };
}
