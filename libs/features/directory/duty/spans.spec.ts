import fc from 'fast-check';
import { dutySpans, type DutyPlan, without } from './spans.js';

const person = fc.constantFrom('ann', 'bob', 'cai');
const areaId = fc.constantFrom('g1', 'g2');
const span = fc
  .tuple(fc.nat(30), fc.integer({ min: 1, max: 10 }))
  .map(([from, length]) => ({ from, to: from + length }));
const plans: fc.Arbitrary<DutyPlan> = fc.record({
  shifts: fc.array(fc.tuple(person, areaId, span).map(([personId, area, s]) => ({ personId, areaId: area, ...s }))),
  leave: fc.array(
    fc.tuple(person, span).map(([personId, s]) => ({ personId, ...s })),
    { maxLength: 5 },
  ),
  overrides: fc.array(
    fc
      .tuple(person, person, areaId, span)
      .filter(([a, b]) => a !== b)
      .map(([personId, substituteId, area, s]) => ({ personId, substituteId, areaId: area, ...s })),
    { maxLength: 5 },
  ),
});

it('agrees at every moment with what a person would read from the lists', () => {
  fc.assert(
    fc.property(plans, fc.nat(40), (plan, at) => {
      const now = ({ from, to }: { from: number; to: number }) => from <= at && at < to;
      const away = new Set(plan.leave.filter(now).map(({ personId }) => personId));
      const expected = plan.shifts.filter(now).flatMap(({ personId, areaId: area }) => {
        const standIns = plan.overrides.filter((o) => now(o) && o.personId === personId && o.areaId === area);
        const onDuty = standIns.length ? standIns.map(({ substituteId }) => substituteId) : [personId];
        return onDuty.filter((who) => !away.has(who)).map((who) => `${who}@${area}`);
      });
      const found = dutySpans(plan).filter(now);
      expect(new Set(found.map((s) => `${s.personId}@${s.areaId}`))).toEqual(new Set(expected));
    }),
  );
});

it('takes spans away without losing or inventing a moment', () => {
  fc.assert(
    fc.property(fc.array(span), fc.array(span), fc.nat(40), (spans, taken, at) => {
      const holds = (list: { from: number; to: number }[]) => list.some(({ from, to }) => from <= at && at < to);
      expect(holds(without(spans, taken))).toBe(holds(spans) && !holds(taken));
    }),
  );
});
