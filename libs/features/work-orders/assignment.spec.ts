import fc from 'fast-check';
import { assign, type AssignmentInput } from './assignment.js';

const option = (personId: string, openOrders = 0) => ({ personId, openOrders });
const input = (overrides: Partial<AssignmentInput> = {}): AssignmentInput => ({
  grid: [],
  community: [],
  managers: [],
  asked: new Set(),
  holderId: null,
  ...overrides,
});

describe('assign', () => {
  it('takes the first of the grid and says why not the others', () => {
    expect(assign(input({ grid: [option('ann', 1), option('bob', 3)] }))).toEqual({
      kind: 'assign',
      personId: 'ann',
      candidates: [
        { personId: 'ann', openOrders: 1, chosen: true, reason: 'least-load' },
        { personId: 'bob', openOrders: 3, chosen: false, reason: 'has-more-load' },
      ],
    });
  });

  it('does not take an order down again from a manager', () => {
    const managers = [option('meg')];
    const result = assign(input({ grid: [option('new')], managers, asked: new Set(['meg']), holderId: 'meg' }));
    expect(result).toEqual({ kind: 'remind', personId: 'meg' });
  });

  it('leaves it with the last one asked where there is no manager', () => {
    const result = assign(input({ grid: [option('ann')], asked: new Set(['ann']), holderId: 'ann' }));
    expect(result).toEqual({ kind: 'remind', personId: 'ann' });
  });

  it('keeps the chosen one when it shortens a long list', () => {
    const grid = Array.from({ length: 80 }, (_, n) => option(`p${n}`));
    const result = assign(input({ grid, asked: new Set(grid.slice(0, 79).map(({ personId }) => personId)) }));
    expect(result).toMatchObject({ kind: 'assign', personId: 'p79' });
    if (result.kind !== 'assign') throw new Error('unreachable');
    expect(result.candidates).toHaveLength(50);
    expect(result.candidates.filter(({ chosen }) => chosen)).toHaveLength(1);
  });

  it('asks everybody once before it reminds, and leaves nobody out', () => {
    const names = fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { maxLength: 5 });
    fc.assert(
      fc.property(names, names, names, (grid, community, managers) => {
        const tiers = { grid: grid.map((n) => option(n)), community: community.map((n) => option(n)) };
        const above = managers.map((n) => option(n.toUpperCase()));
        const asked = new Set<string>();
        let holderId: string | null = null;
        for (let round = 0; round < 30; round += 1) {
          const result = assign(input({ ...tiers, managers: above, asked, holderId }));
          if (result.kind !== 'assign') break;
          expect(asked.has(result.personId)).toBe(false);
          asked.add((holderId = result.personId));
        }
        const everyone = new Set([...grid, ...community, ...managers.map((n) => n.toUpperCase())]);
        expect(asked).toEqual(everyone);
        expect(holderId === null).toBe(everyone.size === 0);
        if (managers.length) expect(managers.map((n) => n.toUpperCase())).toContain(holderId);
      }),
    );
  });
});
