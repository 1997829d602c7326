import type { ActiveHours, Condition, Rule } from '@sc/contracts';
import fc from 'fast-check';
import { aRule, unit } from './arbitrary.spec-support.js';
import { conditions, hours, sites, streams } from './restart-streams.spec-support.js';
import { type Cut, restarted, type Standing, storyOf, withAndWithout } from './restart.spec-support.js';
import { levels } from './told.spec-support.js';
import type { DetectionInput } from './types.js';

const common = (ts: number) => ({ deviceId: 'c/1', domain: 'fire', ts: ts * unit, receivedAt: ts * unit });

const someRules = (kind: keyof typeof conditions) =>
  fc
    .array(fc.tuple<[Condition, ActiveHours | undefined]>(conditions[kind], hours), { minLength: 1, maxLength: 2 })
    .map((list) => list.map(([condition, activeHours], index) => aRule(condition, index, activeHours)));

/** What a generator found once: values of `m` at these units of time. */
const reported = (...list: [ts: number, value: number][]): DetectionInput[] =>
  list.map(([ts, value]) => ({ kind: 'reading', metric: 'm', value, ...common(ts) }));
const steady = (from: number, to: number, value: number): [number, number][] =>
  Array.from({ length: to - from + 1 }, (_, i) => [from + i, value]);
const stuckRule = aRule({ kind: 'stuck', metric: 'm', tolerance: 9, forMs: 4 * unit, maxGapMs: 3 * unit }, 0);
const falling = { kind: 'rate' as const, metric: 'm', direction: 'falling' as const, onDelayMs: 0, offDelayMs: 0 };
const morning = { from: '03:00', to: '08:30' };
const events = (...list: [ts: number, type: string][]): DetectionInput[] =>
  list.map(([ts, type]) => ({ kind: 'event', type, eventKey: `${ts}`, data: { level: 'low' }, ...common(ts) }));
const said = (ts: number, type: string, id: string): DetectionInput => ({
  ...{ kind: 'event', type, eventKey: `${ts}`, data: { id } },
  ...common(ts),
});
const found: Record<string, [Rule[], DetectionInput[], number][]> = {
  // What was read before hours let an alarm be told ends it no more: when it began nobody knows after a start.
  threshold: [
    [
      [
        aRule(
          {
            ...{ kind: 'threshold', metric: 'm', direction: 'above', raiseAt: 9, clearAt: 5 },
            ...{ onDelayMs: 0, offDelayMs: 3 * unit, maxGapMs: 20 * unit },
          },
          0,
          morning,
        ),
      ],
      reported(...steady(10, 16, 9), ...steady(17, 30, 0)),
      10,
    ],
  ],
  // Only a person ends it, and its second begin waits for the hours of the next day.
  event: [
    [
      [aRule({ kind: 'event', raiseOn: ['on'], clearOn: [] }, 0, morning)],
      [...events([20, 'on'], [60, 'on']), ...reported([70, 1], [170, 1])],
      2,
    ],
    // Its alarm is resolved, and then it becomes graver out of its hours: there is none that it could escalate.
    ...[2, 3].map((cut): [Rule[], DetectionInput[], number] => [
      [aRule({ kind: 'event', raiseOn: ['on'], clearOn: [], levels }, 0, morning)],
      [
        ...events([20, 'on']),
        ...reported([21, 1]),
        { kind: 'event', type: 'on', eventKey: 'b', data: { level: 'high' }, ...common(60) },
        ...reported([170, 1]),
      ],
      cut,
    ]),
    // What ended the one before it says nothing of the one that stands, whose begin is told no more.
    [
      [aRule({ kind: 'event', raiseOn: ['on', 'more'], clearOn: ['off'], subject: 'id' }, 0)],
      [
        ...[said(7, 'on', 'a'), said(9, 'off', 'a'), said(20, 'more', 'a'), said(25, 'more', 'b')],
        ...reported([190, 1], [191, 1]),
      ],
      5,
    ],
  ],
  // Nobody knows after the start what was read before the hole.
  stuck: [[[stuckRule], reported(...steady(20, 23, 0), [36, 5], ...steady(37, 46, 10)), 5]],
  // At the edge of what is looked at the far end of the window is missing: what fell there did not fall so fast.
  rate: [
    [
      [aRule({ ...falling, windowMs: 7 * unit, raiseAt: 0.05, clearAt: 0.02, maxGapMs: 7 * unit }, 0)],
      reported(...steady(1, 6, 5), [7, 0], [8, 5], [9, 3], [10, 3], ...steady(22, 40, 3)),
      12,
    ],
    // It rises no more when hours let it be told.
    [
      [
        aRule(
          {
            ...{ kind: 'rate', metric: 'm', direction: 'rising', windowMs: 2 * unit, raiseAt: 0.05, clearAt: 0.02 },
            ...{ onDelayMs: 0, offDelayMs: 3 * unit, maxGapMs: 20 * unit },
          },
          0,
          morning,
        ),
      ],
      reported([8, 0], [9, 1], [10, 2], [11, 3], [12, 4], [13, 5], ...steady(14, 30, 6)),
      11,
    ],
  ],
  sequence: [
    // Only a person ends it, and its second begin waits for the hours of the next day.
    [
      [
        aRule(
          { kind: 'sequence', order: 'before', withinMs: unit, on: [{ event: 'on' }], expect: [{ event: 'off' }] },
          0,
          morning,
        ),
      ],
      [...events([20, 'on'], [60, 'on']), ...reported([70, 1], [170, 1])],
      2,
    ],
    // Hours let it be told long after it happened; what came shortly before them permits it no more.
    [
      [
        aRule(
          {
            ...{ kind: 'sequence', order: 'before', graceMs: 3 * unit, withinMs: 3 * unit },
            ...{ on: [{ event: 'on' }], expect: [{ event: 'off' }] },
          },
          0,
          morning,
        ),
      ],
      [...events([60, 'on'], [159, 'off']), ...reported([210, 1], [370, 1], [371, 1])],
      4,
    ],
    // What permitted it more than a day ago is not told again.
    [
      [
        aRule(
          { kind: 'sequence', order: 'before', withinMs: 15 * unit, on: [{ event: 'on' }], expect: [{ event: 'off' }] },
          0,
        ),
      ],
      [
        { kind: 'event', type: 'off', eventKey: 'a', data: {}, ...common(1) },
        { kind: 'event', type: 'on', eventKey: 'b', data: {}, ...common(7) },
        { kind: 'event', type: 'off', eventKey: 'c', data: {}, ...common(76) },
        ...reported([156, 5], [157, 5]),
      ],
      4,
    ],
  ],
};

const utc = { timeZone: 'UTC', base: 0 };
const kinds = Object.keys(conditions) as (keyof typeof conditions)[];

/** Weeks of it: `RESTARTS=2000`. */
const numRuns = Number(process.env['RESTARTS'] ?? 30);

describe.each(kinds)('rules of %s', (kind) => {
  it('tell the same with a restart as without, alarm by alarm (P8)', () => {
    const cuts: fc.Arbitrary<Cut> = fc.record({
      at: fc.integer({ min: 20, max: 100 }),
      resolvedAt: fc.integer({ min: 0, max: 60 }),
    });
    fc.assert(
      fc.property(someRules(kind), streams, cuts, sites, (list, stream, cut, { timeZone, base }) => {
        const moved = stream.map((one) => ({ ...one, ts: one.ts + base, receivedAt: one.receivedAt + base }));
        const { ended, raised, restarted: after, straight } = withAndWithout(list, moved, cut, { timeZone });
        expect([ended, raised]).toEqual([[], []]);
        expect(after).toEqual(straight);
      }),
      {
        numRuns,
        examples: (found[kind] ?? []).flatMap(([rules, stream, at]): [Rule[], DetectionInput[], Cut, typeof utc][] => [
          [rules, stream, { at }, utc],
          [rules, stream, { at, resolvedAt: 0 }, utc],
        ]),
      },
    );
  });
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
  const { detector, ended } = restarted(
    [overstay],
    [],
    { standing: [standing(unit, 'a'), standing(2 * unit, 'b')] },
    900 * unit,
  );
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
  const { detector } = restarted([three], [high(100), high(145)], { standing: [] }, 190 * unit);
  expect(storyOf(detector.evaluate([high(191)]))).toEqual({ 'c/1 r0 ': [`raise ${191 * unit}`] });
});
