import {
  type EventPayloadOf,
  jobsFor,
  type ResidentSign,
  residentSigns,
  toldWorkOrderActions,
  workOrderActionSchema,
} from './index.js';

const raised = (workOrder: boolean) => ({
  type: 'alarm.raised.v1' as const,
  payload: { workOrder } as EventPayloadOf<'alarm.raised.v1'>,
});

it('asks for an incident where an alarm asks for a person', () => {
  expect(jobsFor(raised(true))).toEqual(['open-incident', 'send-webhook', 'tell-groups']);
  expect(jobsFor(raised(false))).toEqual(['send-webhook', 'tell-groups']);
});

it('tells people of the steps of an order that are not their own, and of no others', () => {
  for (const action of workOrderActionSchema.options) {
    const payload = { action } as EventPayloadOf<'work-order.changed.v1'>;
    const isTold = jobsFor({ type: 'work-order.changed.v1', payload }).includes('notify-people');
    expect(isTold).toBe(toldWorkOrderActions.has(action));
  }
});

it('tells people of a note only when a resident said what they have to know', () => {
  const jobsOf = (resident?: ResidentSign) =>
    jobsFor({
      type: 'work-order.changed.v1',
      payload: { action: 'note', ...(resident && { resident }) } as EventPayloadOf<'work-order.changed.v1'>,
    });
  expect(jobsOf()).not.toContain('notify-people');
  for (const sign of residentSigns) expect(jobsOf(sign)).toContain('notify-people');
});
