import type { Leave, Override, Shift } from '@sc/contracts';
import { onDutyAt } from './on-duty.js';

const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour)).toISOString();
const shift = (personId: string, from: number, to: number) =>
  ({ personId, personName: personId, areaId: 'g1', startsAt: at(from), endsAt: at(to) }) as Shift;
const now = Date.parse(at(10));
const who = (plan: Partial<Parameters<typeof onDutyAt>[0]>) =>
  onDutyAt({ shifts: [], leave: [], overrides: [], ...plan }, now).map(({ personId, until }) => [personId, until]);

it('is whoever has a shift now, up to its end and not beyond', () => {
  expect(who({ shifts: [shift('ann', 8, 16), shift('bob', 2, 10), shift('cai', 11, 12)] })).toEqual([['ann', at(16)]]);
});

it('is not who is away, and is who stands in, for as long as they do', () => {
  const leave = [{ personId: 'bob', startsAt: at(0), endsAt: at(24) }] as Leave[];
  const overrides = [
    { personId: 'ann', substituteId: 'dan', substituteName: 'dan', areaId: 'g1', startsAt: at(9), endsAt: at(12) },
  ] as Override[];
  expect(who({ shifts: [shift('ann', 8, 16), shift('bob', 8, 16)], leave, overrides })).toEqual([['dan', at(12)]]);
});

it('is nobody where the one who stands in is away too', () => {
  const leave = [{ personId: 'dan', startsAt: at(0), endsAt: at(24) }] as Leave[];
  const overrides = [
    { personId: 'ann', substituteId: 'dan', substituteName: 'dan', areaId: 'g1', startsAt: at(9), endsAt: at(12) },
  ] as Override[];
  expect(who({ shifts: [shift('ann', 8, 16)], leave, overrides })).toEqual([]);
});
