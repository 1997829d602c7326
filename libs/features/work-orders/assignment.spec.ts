import fc from 'fast-check';
import { assign, type AssignmentInput } from './assignment.js';
import { compareOptions, type Option } from './comparison.js';
import type { Rung } from './considered.js';

const anOption = (personId: string, more: Partial<Option> = {}): Option => ({
  personId,
  tier: 'grid',
  stepsUp: 0,
  missingSkills: [],
  openOrders: 0,
  load: 0,
  distanceM: null,
  givenInShift: 0,
  lastGivenAt: null,
  onLeave: false,
  ...more,
});
const rung = (who: Rung['who'], options: Option[], times: number | null = null): Rung => ({ who, options, times });
const input = (rungs: Rung[], more: Partial<AssignmentInput> = {}): AssignmentInput => ({
  rungs,
  at: { step: 0, times: 0 },
  asked: new Set(),
  holderId: null,
  ...more,
});
const manager = (id: string, stepsUp = 1) => anOption(id, { tier: 'manager', stepsUp });

/** Each beats the next by one comparison alone. */
const inOrder: [reason: string, lost: string, Partial<Option>, Partial<Option>][] = [
  ['has-skill', 'lacks-skill', { tier: 'community', load: 9 }, { missingSkills: ['lift'] }],
  ['nearer-tier', 'further-tier', { tier: 'team', load: 9 }, {}],
  ['nearer-tier', 'further-tier', { load: 9 }, { tier: 'community' }],
  ['least-load', 'has-more-load', { distanceM: 900 }, { load: 1, distanceM: 0 }],
  ['nearest', 'further-away', { distanceM: 199, givenInShift: 9 }, { distanceM: 201 }],
  ['nearest', 'further-away', { distanceM: 9_000 }, { distanceM: null }],
  ['fewest-given', 'given-more', { lastGivenAt: 9 }, { givenInShift: 1 }],
  ['waited-longest', 'given-later', { lastGivenAt: 1 }, { lastGivenAt: 2 }],
  ['waited-longest', 'given-later', {}, { lastGivenAt: 2 }],
];

describe('assign', () => {
  it.each(inOrder)('%s before %s', (won, lost, first, second) => {
    const options = [anOption('a', second), anOption('z', first)];
    const result = assign(input([rung('community-officers', options)]));
    expect(result).toMatchObject({ kind: 'assign', personId: 'z', who: 'community-officers' });
    expect(result.considered).toMatchObject([
      { option: { personId: 'z' }, chosen: true, reason: won },
      { option: { personId: 'a' }, chosen: false, reason: lost },
    ]);
  });

  it('is not led by a few metres, and lets the id decide where nothing does', () => {
    const options = [anOption('b', { distanceM: 110 }), anOption('a', { distanceM: 190 })];
    expect(assign(input([rung('grid-officers', options)]))).toMatchObject({
      personId: 'a',
      considered: [{ reason: 'first-by-id' }, { reason: 'later-by-id' }],
    });
  });

  it('goes over a step with nobody, says so, and does not choose who is on leave', () => {
    const chain = [
      rung('grid-officers', [anOption('away', { onLeave: true })]),
      rung('community-officers', []),
      rung('managers', [manager('far', 2), manager('near')]),
    ];
    expect(assign(input(chain))).toMatchObject({
      kind: 'assign',
      personId: 'near',
      who: 'managers',
      at: { step: 2, times: 1 },
      passed: ['grid-officers', 'community-officers'],
      considered: [{ reason: 'nearer-tier' }, { reason: 'on-leave' }, { reason: 'further-tier' }],
    });
  });

  it('asks who has the skill elsewhere before who lacks it here, and then who is there', () => {
    const here = anOption('here', { missingSkills: ['lift'] });
    const there = anOption('there', { tier: 'community' });
    const chain = [
      rung('grid-officers', [here]),
      rung('community-officers', [here, there]),
      rung('managers', [manager('m')]),
    ];
    const first = assign(input(chain));
    expect(first).toMatchObject({ personId: 'there', passed: ['grid-officers'], at: { step: 1, times: 1 } });
    const at = { step: 1, times: 1 };
    expect(assign(input(chain, { at, asked: new Set(['there']), holderId: 'there' }))).toMatchObject({
      personId: 'here',
    });
  });

  it('asks as often as the step says, then goes on', () => {
    const chain = [
      rung('grid-officers', [anOption('a'), anOption('b'), anOption('c')], 2),
      rung('managers', [manager('m')]),
    ];
    const at = { step: 0, times: 2 };
    expect(assign(input(chain, { at, asked: new Set(['a', 'b']), holderId: 'b' }))).toMatchObject({
      personId: 'm',
      passed: ['grid-officers'],
      considered: [{ reason: 'only-one' }, {}, {}, { option: { personId: 'c' }, reason: 'step-over' }],
    });
  });

  it('calls everyone at once, names one, and does so again as often as the step says', () => {
    const everyone = rung('everyone-on-shift', [anOption('b', { tier: 'community' }), anOption('a')], 2);
    const chain = [everyone, rung('grid-officers', [anOption('a')]), rung('managers', [manager('m')])];
    const first = assign(input(chain));
    expect(first).toMatchObject({ kind: 'assign', personId: 'a', called: ['a', 'b'], at: { step: 0, times: 1 } });
    const asked = new Set(['a', 'b']);
    const again = assign(input(chain, { asked, holderId: 'a', at: { step: 0, times: 1 } }));
    expect(again).toMatchObject({ kind: 'remind', personId: 'a', called: ['a', 'b'] });
    // Who was called was asked: the officers are not asked once more one by one.
    const up = assign(input(chain, { asked, holderId: 'a', at: { step: 0, times: 2 } }));
    expect(up).toMatchObject({ kind: 'assign', personId: 'm', called: [] });
  });

  it('reminds the manager who has it, and gives it to another when that one is gone', () => {
    const chain = [rung('grid-officers', [anOption('new')]), rung('managers', [manager('m'), manager('n', 2)])];
    const at = { step: 1, times: 2 };
    const asked = new Set(['m', 'n', 'gone']);
    expect(assign(input(chain, { at, asked, holderId: 'n' }))).toMatchObject({ kind: 'remind', personId: 'n' });
    expect(assign(input(chain, { at, asked, holderId: 'gone' }))).toMatchObject({
      kind: 'assign',
      personId: 'm',
      considered: [{ reason: 'asked-again' }, { reason: 'already-asked' }],
    });
  });
});

const people = fc.uniqueArray(
  fc.record({
    personId: fc.constantFrom(...'abcdefghij'),
    tier: fc.constantFrom('team', 'grid', 'community' as const),
    stepsUp: fc.constant(0),
    missingSkills: fc.constantFrom<string[][]>([], ['lift'], ['lift', 'gas']),
    openOrders: fc.nat(3),
    load: fc.nat(3),
    distanceM: fc.option(fc.nat(500)),
    givenInShift: fc.nat(2),
    lastGivenAt: fc.option(fc.nat(3)),
    onLeave: fc.boolean(),
  }) as fc.Arbitrary<Option>,
  { selector: ({ personId }) => personId, maxLength: 8 },
);
const chains = fc
  .tuple(
    people,
    fc.uniqueArray(fc.constantFrom('m', 'n', 'o'), { maxLength: 3 }),
    fc.option(fc.integer({ min: 1, max: 3 })),
  )
  .map(([officers, managers, times]) => [
    rung(
      'team',
      officers.filter(({ tier }) => tier === 'team'),
      times,
    ),
    rung(
      'grid-officers',
      officers.filter(({ tier }) => tier !== 'community'),
      times,
    ),
    rung('community-officers', officers, times),
    rung(
      'managers',
      managers.map((id, up) => manager(id, up)),
    ),
  ]);

describe('whoever there is', () => {
  it('the order of the lists changes nothing', () => {
    fc.assert(
      fc.property(chains, fc.infiniteStream(fc.nat()), (rungs, keys) => {
        const shuffled = rungs.map((one) => ({
          ...one,
          options: one.options
            .map((option) => [keys.next().value as number, option] as const)
            .sort(([a], [b]) => a - b)
            .map(([, option]) => option),
        }));
        expect(assign(input(shuffled))).toEqual(assign(input(rungs)));
      }),
    );
  });

  it('somebody is asked as long as anybody is there; nobody without a skill before somebody with it', () => {
    fc.assert(
      fc.property(chains, fc.subarray([...'abcdefghij']), (rungs, before) => {
        const asked = new Set(before);
        const result = assign(input(rungs, { asked }));
        const there = rungs.flatMap(({ options }) => options).filter(({ onLeave }) => !onLeave);
        expect(result.kind === 'nobody').toBe(there.length === 0);
        if (result.kind === 'nobody') return;
        const chosen = there.find(({ personId }) => personId === result.personId)!;
        expect(chosen).toBeDefined();
        const able = there.filter(({ personId, missingSkills }) => !asked.has(personId) && !missingSkills.length);
        if (chosen.missingSkills.length && !asked.has(chosen.personId))
          expect(able.every(({ tier }) => tier === 'manager')).toBe(true);
        expect(result.considered[0]).toMatchObject({ chosen: true, option: { personId: result.personId } });
        expect(result.considered.filter((one) => one.chosen)).toHaveLength(1);
      }),
    );
  });

  it('a whole chain asks nobody twice before everybody was asked once, never goes down again, and ends in reminders', () => {
    fc.assert(
      fc.property(chains, (rungs) => {
        const asked = new Set<string>();
        let at = { step: 0, times: 0 };
        let holderId: string | null = null;
        for (let attempt = 0; attempt < 40; attempt += 1) {
          const result = assign({ rungs, at, asked, holderId });
          if (result.kind === 'nobody') break;
          expect(result.at.step).toBeGreaterThanOrEqual(at.step);
          if (result.kind === 'assign') expect(asked.has(result.personId)).toBe(false);
          asked.add((holderId = result.personId));
          at = result.at;
        }
        const managers = rungs.at(-1)!.options.map(({ personId }) => personId);
        if (managers.length) expect(managers).toContain(holderId);
        for (const id of managers) expect(asked.has(id)).toBe(true);
        const there = rungs.flatMap(({ options }) => options).filter(({ onLeave }) => !onLeave);
        // Without managers nobody of those who are there is left out, however short the steps are.
        if (!managers.length) for (const { personId } of there) expect(asked.has(personId)).toBe(true);
      }),
    );
  });

  it('the chosen one comes before every other that was not asked and is there, of the same step', () => {
    fc.assert(
      fc.property(people, (options) => {
        const result = assign(input([rung('community-officers', options)]));
        if (result.kind === 'nobody') return;
        const chosen = options.find(({ personId }) => personId === result.personId)!;
        for (const other of options)
          if (other !== chosen && !other.onLeave) expect(compareOptions(chosen, other)).toBeLessThan(0);
      }),
    );
  });
});
