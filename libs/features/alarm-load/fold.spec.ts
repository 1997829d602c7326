import { foldKinds, isLifeSafety, severities } from '@sc/contracts';
import fc from 'fast-check';
import { fold, type OpenAlarm } from './fold.js';

let count = 0;
const open = (more: Partial<OpenAlarm> = {}): OpenAlarm => ({
  id: `a${(count += 1)}`,
  severity: 'minor',
  raisedAt: count,
  unacknowledged: true,
  incidentId: null,
  buildingId: 'b1',
  ruleId: 'silent',
  ...more,
});
const many = (length: number, more: Partial<OpenAlarm> = {}) => Array.from({ length }, () => open(more));

const anyAlarm = fc
  .record({
    severity: fc.constantFrom(...severities),
    raisedAt: fc.nat(50),
    unacknowledged: fc.boolean(),
    incidentId: fc.constantFrom(null, 'i1', 'i2'),
    buildingId: fc.constantFrom('b1', 'b2'),
    ruleId: fc.constantFrom('silent', 'smoke'),
  })
  .map(open);

describe('a folded list', () => {
  it('loses nothing, shows life safety by itself and nothing in a group that is graver than what its line says', () => {
    fc.assert(
      fc.property(fc.array(anyAlarm, { maxLength: 60 }), fc.constantFrom(...foldKinds), (alarms, by) => {
        const { singles, groups } = fold(alarms, by);
        expect(singles.length + groups.reduce((sum, group) => sum + group.count, 0)).toBe(alarms.length);
        const alone = new Set(singles.map(({ id }) => id));
        for (const alarm of alarms) {
          if (isLifeSafety(alarm.severity)) expect(alone.has(alarm.id)).toBe(true);
          if (alone.has(alarm.id)) continue;
          // Whoever reads from the top never meets something graver below.
          const rank = severities.indexOf(alarm.severity);
          for (const single of singles) expect(severities.indexOf(single.severity)).toBeLessThan(rank);
        }
        const ranks = groups.map(({ worst }) => severities.indexOf(worst.severity));
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
        for (const group of groups) {
          expect(group.firstAt).toBeLessThanOrEqual(group.lastAt);
          expect(group.unacknowledged).toBeLessThanOrEqual(group.count);
        }
      }),
    );
  });

  it('keeps the few that are graver than the rest, not the many', () => {
    const few = many(10, { severity: 'severe' });
    expect(fold([...few, ...many(30)], 'rule').singles).toHaveLength(10);
    expect(fold([...few, open({ severity: 'severe' }), ...many(30)], 'rule').singles).toEqual([]);
    // All of one severity: there is no rest to be graver than.
    expect(fold(many(3), 'rule').singles).toEqual([]);
  });

  it('shows a fire of three hundred detectors one by one', () => {
    expect(fold([...many(300, { severity: 'extreme' }), ...many(5)], 'building').singles).toHaveLength(300);
  });

  it('gathers by incident, what is of none by its building', () => {
    const { groups } = fold(
      [open({ incidentId: 'i1' }), open({ incidentId: 'i1', buildingId: 'b2' }), open(), open({ buildingId: 'b2' })],
      'incident',
    );
    expect(groups.map(({ key, count: alarms }) => [key, alarms]).toSorted()).toEqual([
      ['incident:i1', 2],
      ['none:b1', 1],
      ['none:b2', 1],
    ]);
  });
});
