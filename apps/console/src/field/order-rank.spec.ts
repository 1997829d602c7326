import { severities, type WorkOrder } from '@sc/contracts';
import { byUrgency } from './order-rank.js';

const order = (id: string, over: Partial<WorkOrder>): WorkOrder =>
  ({
    id,
    state: 'accepted',
    severity: 'minor',
    acceptBy: null,
    position: null,
    createdAt: '2026-01-01T00:00:00Z',
    ...over,
  }) as WorkOrder;

it('shows the officer the most urgent order first', () => {
  const list = [
    order('in hand, grave', { severity: 'extreme' }),
    order('new, minor', { state: 'dispatched', acceptBy: '2026-01-01T00:05:00Z' }),
    order('new, severe, later', { state: 'dispatched', severity: 'severe', acceptBy: '2026-01-01T00:09:00Z' }),
    order('new, severe', { state: 'dispatched', severity: 'severe', acceptBy: '2026-01-01T00:02:00Z' }),
  ];
  expect(list.sort(byUrgency()).map((o) => o.id)).toEqual([
    'new, severe',
    'new, severe, later',
    'new, minor',
    'in hand, grave',
  ]);
});

it('of what is equally urgent and in hand, the nearest first; what is to be accepted is accepted from anywhere', () => {
  const dispatched = { state: 'dispatched', severity: 'severe' } as const;
  const list = [
    order('no place', {}),
    order('far', { position: [121.5, 31.2] }),
    order('near', { position: [121.471, 31.2] }),
    order('grave and far', { severity: 'severe', position: [121.6, 31.2] }),
    order('due later, beside me', { ...dispatched, position: [121.47, 31.2], acceptBy: '2026-01-01T00:09:00Z' }),
    order('due first, far', { ...dispatched, position: [121.6, 31.2], acceptBy: '2026-01-01T00:02:00Z' }),
  ];
  const ranked = (here?: [number, number]) => [...list].sort(byUrgency(here)).map((o) => o.id);
  expect(ranked([121.47, 31.2])).toEqual([
    'due first, far',
    'due later, beside me',
    'grave and far',
    'near',
    'far',
    'no place',
  ]);
  expect(ranked().slice(3)).toEqual(['no place', 'far', 'near']);
});

it('ranks by gravity as the contract does, which has not come when the first list is drawn', () => {
  const all = severities.map((severity) => order(severity, { severity }));
  expect([...all].reverse().sort(byUrgency())).toEqual(all);
});
