import fc from 'fast-check';
import { planShifts, shiftMs } from './shift-plan.js';

const officers = ['a', 'b'] as const;
const moment = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2040, 0) });

describe('shift plan', () => {
  it('leaves no moment without somebody, from now for as long as asked', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 20 }), (from, days) => {
        const plan = planShifts('g', [...officers], from, days);
        expect(plan[0]!.startsAt).toBeLessThanOrEqual(from);
        expect(plan.at(-1)!.endsAt).toBeGreaterThanOrEqual(from + days * 86_400_000);
        for (let i = 1; i < plan.length; i += 1) {
          expect(plan[i]!.startsAt).toBe(plan[i - 1]!.endsAt);
          expect(plan[i]!.login).not.toBe(plan[i - 1]!.login);
        }
      }),
    );
  });

  it('agrees with what was planned at any earlier start', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 13 * 86_400_000 }), (from, later) => {
        const key = (s: { login: string; startsAt: number }) => `${s.login}@${s.startsAt}`;
        const before = new Set(planShifts('g', [...officers], from, 14).map(key));
        const overlap = planShifts('g', [...officers], from + later, 14).filter(
          (s) => s.endsAt <= from + 14 * 86_400_000,
        );
        for (const shift of overlap) expect(before).toContain(key(shift));
      }),
    );
  });

  it('changes shifts at 00:00, 08:00 and 16:00 in China', () => {
    const [shift] = planShifts('g', [...officers], Date.UTC(2026, 0, 1, 5), 1);
    expect([shift!.startsAt, shift!.endsAt - shift!.startsAt]).toEqual([Date.UTC(2026, 0, 1, 0), shiftMs]);
  });
});
