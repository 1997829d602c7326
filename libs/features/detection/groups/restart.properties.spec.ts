import type { GroupCondition, Rule } from '@sc/contracts';
import fc from 'fast-check';
import { unit } from '../arbitrary.spec-support.js';
import { hours, sites } from '../restart-streams.spec-support.js';
import { withAndWithout } from '../restart.spec-support.js';
import type { DetectionInput } from '../types.js';
import { aRule, event, level, places, reading, told } from './group-scene.spec-support.js';

const devices = ['c/k1', 'c/k2', 'c/h', 'c/x'] as const;
const memberIds = ['p', 'q', 'r'] as const;

const rules: fc.Arbitrary<Rule> = fc
  .record({
    atLeast: fc.integer({ min: 1, max: 3 }),
    counting: fc.constantFrom('device' as const, 'member' as const, 'each' as const),
    within: fc.constantFrom('device' as const, 'room' as const, 'building' as const),
    windowMs: fc.constantFrom(0, 7 * unit, 40 * unit),
    activeHours: hours,
  })
  .map(({ activeHours, ...of }): Rule => {
    const members: GroupCondition['members'] = [
      { id: 'p', condition: told('p.on', ['p.off']) },
      { id: 'q', condition: { ...level('q', 5), maxGapMs: 1000 * unit } },
      { id: 'r', condition: told('r.on', ['r.off']) },
    ];
    return aRule({ kind: 'group', ...of, members }, activeHours ? { activeHours } : {});
  });

/** Days of four devices: each thing is told as it becomes so, one at a moment. */
const streams = fc
  .array(
    fc.record({
      after: fc.constantFrom(1, 1, 2, 3, 8, 60),
      deviceId: fc.constantFrom(...devices),
      memberId: fc.constantFrom(...memberIds),
      late: fc.constantFrom(0, 0, 0, 1, 4),
    }),
    { minLength: 10, maxLength: 60 },
  )
  .map((list) => {
    const is = new Map<string, boolean>();
    let ts = 0;
    return list.map(({ after, deviceId, memberId, late }) => {
      ts += after * unit;
      const name = `${deviceId} ${memberId}`;
      const on = !is.get(name);
      is.set(name, on);
      const input = memberId === 'q' ? reading(deviceId, ts, 'q', on ? 9 : 0) : said(deviceId, ts, memberId, on);
      return { input, late };
    });
  });
const said = (deviceId: string, ts: number, memberId: string, on: boolean): DetectionInput =>
  event(deviceId, ts, `${memberId}.${on ? 'on' : 'off'}`);

/** Its window closed before the start, and of what began it nothing is read any more: what else fell into it begins nothing. */
const closed: [Rule, { input: DetectionInput; late: number }[], { at: number }, { timeZone: string; base: number }] = [
  aRule({
    ...{ kind: 'group', atLeast: 1, counting: 'device', within: 'building', windowMs: 7 * unit },
    members: [
      { id: 'q', condition: { ...level('q', 5), maxGapMs: 1000 * unit } },
      { id: 'r', condition: told('r.on', ['r.off']) },
    ],
  }),
  [
    reading('c/k2', unit, 'q', 9),
    said('c/h', 3 * unit, 'r', true),
    said('c/h', 4 * unit, 'r', false),
    reading('c/k2', 9 * unit, 'q', 0),
    said('c/x', 20 * unit, 'r', true),
  ].map((input) => ({ input, late: 0 })),
  { at: 5 },
  { timeZone: 'UTC', base: 0 },
];

const numRuns = Number(process.env['RESTARTS'] ?? 40);
const cuts = fc.record({ at: fc.integer({ min: 3, max: 55 }) });
const moved = (stream: readonly { input: DetectionInput }[], base: number): DetectionInput[] =>
  stream.map(({ input }) => ({ ...input, ts: input.ts + base, receivedAt: input.ts + base }));

describe('groups, started again', () => {
  it('tell the same as without a start, alarm by alarm (P8)', () => {
    fc.assert(
      fc.property(rules, streams, cuts, sites, (rule, stream, cut, { timeZone, base }) => {
        const { alarms } = withAndWithout([rule], moved(stream, base), cut, { timeZone, places });
        expect(alarms.restarted).toEqual(alarms.straight);
      }),
      { numRuns, examples: [closed] },
    );
  });

  it('come to hold the same when things came late, though what was told meanwhile need not be', () => {
    fc.assert(
      fc.property(rules, streams, cuts, sites, (rule, stream, cut, { timeZone, base }) => {
        const mixed = stream
          .map(({ input, late }, place) => ({ input, place: place + late }))
          .toSorted((a, b) => a.place - b.place);
        const { holding } = withAndWithout([rule], moved(mixed, base), cut, { timeZone, places });
        expect(holding.restarted).toEqual(holding.straight);
      }),
      { numRuns },
    );
  });
});
