import type { PersonWorkOrderAction, WorkOrderDetail, WorkOrderState } from '@sc/contracts';
import { expected, expectedDetail, lacksAnswers, onTheirWay, stepsOf } from './expected.js';
import type { OutboxItem, OutboxStep } from './outbox-items.js';

const order = (state: WorkOrderState, allowedActions: PersonWorkOrderAction[]) => ({ state, allowedActions });
const step = (action: PersonWorkOrderAction, over: Partial<OutboxStep> = {}): OutboxStep => ({
  requestId: action,
  personId: 'p',
  workOrderId: 'o',
  workOrderNumber: 'WO-1',
  action,
  photos: [],
  createdAt: 1,
  state: 'waiting',
  ...over,
});

describe('an order as it will be when what waits has arrived', () => {
  it('goes on from step to step without a network', () => {
    const accepted = expected(order('dispatched', ['accept', 'return']), [step('accept')]);
    expect(accepted).toEqual({
      state: 'accepted',
      allowedActions: ['start', 'request-extension', 'return', 'note'],
    });
    const reported = expected(
      order('dispatched', ['accept']),
      ['accept', 'start', 'report'].map((a) => step(a as 'accept')),
    );
    expect(reported).toEqual({ state: 'reported', allowedActions: ['note'] });
  });

  it('offers once what is said once, also after the next step', () => {
    const asked = expected(order('accepted', ['start', 'request-extension', 'return', 'note']), [
      step('request-extension'),
      step('start'),
    ]);
    expect(asked.state).toBe('in-hand');
    expect(asked.allowedActions).not.toContain('request-extension');
    expect(expected(order('in-hand', ['answer', 'report']), [step('answer')]).allowedActions).toEqual(['report']);
  });

  it('is where the platform says as far as something was refused', () => {
    const steps = [step('accept', { state: 'refused' }), step('start')];
    expect(expected(order('accepted', []), onTheirWay(steps)).state).toBe('accepted');
  });

  it('shows the answers that wait, the later one, and lacks what nobody has answered', () => {
    const item = (key: string) => ({ item: { key, required: true }, value: null });
    const checklist = [item('gas'), item('door')];
    const detail = { ...order('in-hand', []), checklist } as unknown as WorkOrderDetail;
    const note = (value: boolean) => step('note', { details: { answers: [{ key: 'gas', value }] } });
    const one = expectedDetail(detail, [note(true), note(false)]);
    expect(one.checklist.map(({ value }) => value)).toEqual([false, null]);
    expect(lacksAnswers(one)).toBe(true);
    expect(lacksAnswers({ checklist: one.checklist.slice(0, 1) })).toBe(false);
  });

  it('knows its own steps from those of others and from cases', () => {
    const items: OutboxItem[] = [
      step('accept'),
      step('start', { workOrderId: 'other' }),
      {
        kind: 'case',
        requestId: 'c',
        personId: 'p',
        photos: [],
        createdAt: 1,
        state: 'waiting',
        title: { 'zh-CN': '', en: '' },
        body: { areaId: 'a', category: 'c', description: 'd' },
        workOrderId: 'o',
      },
    ];
    expect(stepsOf(items, 'o').map(({ requestId }) => requestId)).toEqual(['accept']);
  });
});
