import { chainIssues, type ChainStep, severities } from '@sc/contracts';
import fc from 'fast-check';
import { ChainBook, type StoredChain } from './chain-book.js';
import { defaultChains } from './default-chains.js';

const step = (who: ChainStep['who'], more: Partial<ChainStep> = {}): ChainStep => ({
  who,
  personId: null,
  waitMinutes: null,
  times: null,
  ...more,
});
const chain = (areaId: string, ...steps: ChainStep[]): StoredChain => ({
  areaId,
  severity: 'severe',
  steps,
  updatedAt: new Date(0),
  updatedBy: null,
});
const order = { severity: 'severe' as const, path: ['city', 'street', 'grid'], teamId: null, lifeSafety: false };
const whos = (steps: readonly ChainStep[]) => steps.map(({ who }) => who);

describe('the chain of an order', () => {
  it('is that of the nearest area, else the default of its severity', () => {
    const book = new ChainBook([chain('city', step('managers')), chain('street', step('operators'), step('managers'))]);
    expect(whos(book.stepsFor(order))).toEqual(['operators', 'managers']);
    expect(whos(book.stepsFor({ ...order, path: ['city', 'other'] }))).toEqual(['managers']);
    expect(book.stepsFor({ ...order, severity: 'minor' })).toEqual(defaultChains.minor);
  });

  it('asks the team of its work first, where nothing else is said of it, and no team where it has none', () => {
    const laid = [step('grid-officers'), step('team'), step('managers')];
    const book = new ChainBook([chain('street', ...laid)]);
    expect(whos(book.stepsFor(order))).toEqual(['grid-officers', 'managers']);
    expect(book.stepsFor({ ...order, teamId: 't' })).toEqual(laid);
    expect(whos(new ChainBook([]).stepsFor({ ...order, teamId: 't' }))[0]).toBe('team');
  });

  it('calls everyone first where there is danger to life, once, whatever is laid down', () => {
    const laid = chain('grid', step('operators'), step('everyone-on-shift', { times: 3 }), step('managers'));
    const danger = { ...order, lifeSafety: true, teamId: 't' };
    expect(whos(new ChainBook([laid]).stepsFor(danger))).toEqual([
      'everyone-on-shift',
      'team',
      'operators',
      'managers',
    ]);
    const first = chain('grid', step('everyone-on-shift', { times: 3 }), step('managers'));
    expect(new ChainBook([first]).stepsFor({ ...danger, teamId: null })).toEqual(first.steps);
  });
});

describe('a chain', () => {
  it.each(severities)('of %s that comes with the platform can be laid down as it is', (severity) => {
    expect(chainIssues(severity, defaultChains[severity])).toEqual([]);
  });

  it.each<[string, ChainStep[], object[]]>([
    ['has no managers', [step('grid-officers')], [{ path: 'steps.0.who', code: 'ends-without-managers' }]],
    [
      'goes on after them',
      [step('managers'), step('team')],
      [{ code: 'after-managers' }, { code: 'ends-without-managers' }],
    ],
    ['asks twice', [step('team'), step('team'), step('managers')], [{ path: 'steps.1.who', code: 'asked-twice' }]],
    ['names nobody', [step('person'), step('managers')], [{ path: 'steps.0.personId', code: 'person-missing' }]],
    ['waits too long', [step('managers', { waitMinutes: 16 })], [{ code: 'waits-too-long', params: { minutes: 15 } }]],
  ])('that %s is not', (_, steps, issues) => {
    expect(chainIssues('extreme', steps)).toMatchObject(issues);
  });

  it('without a mistake ends with the managers, and so does what an order goes along', () => {
    const steps = fc.array(
      fc.record({
        who: fc.constantFrom('team', 'grid-officers', 'everyone-on-shift', 'operators', 'managers' as const),
        personId: fc.constant(null),
        waitMinutes: fc.option(fc.integer({ min: 1, max: 40 })),
        times: fc.option(fc.integer({ min: 1, max: 3 })),
      }) as fc.Arbitrary<ChainStep>,
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(steps, fc.boolean(), fc.option(fc.constant('t')), (laid, lifeSafety, teamId) => {
        fc.pre(chainIssues('severe', laid).length === 0);
        const along = whos(new ChainBook([chain('grid', ...laid)]).stepsFor({ ...order, lifeSafety, teamId }));
        expect(along.at(-1)).toBe('managers');
        expect(along.indexOf('managers')).toBe(along.length - 1);
        if (lifeSafety) expect(along[0]).toBe('everyone-on-shift');
      }),
      { numRuns: 300, maxSkipsPerRun: 1000 },
    );
  });
});
