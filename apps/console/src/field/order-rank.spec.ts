import type { WorkOrder } from '@sc/contracts';
import { byUrgency } from './order-rank.js';

const order = (id: string, over: Partial<WorkOrder>): WorkOrder =>
  ({
    id,
    state: 'accepted',
    severity: 'minor',
    acceptBy: null,
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
  expect(list.sort(byUrgency).map((o) => o.id)).toEqual([
    'new, severe',
    'new, severe, later',
    'new, minor',
    'in hand, grave',
  ]);
});
