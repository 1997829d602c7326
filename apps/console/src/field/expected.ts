import type { PersonWorkOrderAction, WorkOrder, WorkOrderDetail, WorkOrderState } from '@sc/contracts';
import { isStep, type OutboxItem, type OutboxStep } from './outbox-items.js';

interface Way {
  /** Missing: the order stays where it is. */
  to?: WorkOrderState;
  /** What whoever took this step may do next. */
  then?: readonly PersonWorkOrderAction[];
}

/** Besides moving it on, whoever works on an order may do this. */
const working = ['request-extension', 'return', 'note'] as const satisfies PersonWorkOrderAction[];

/**
 * Where a step that waits on the phone leads, as far as the phone can know: the next one can be taken without a network. The
 * platform decides; what it refuses is shown. Held to its case flow by test/integration/field-steps.test.ts.
 */
export const ways: Partial<Record<PersonWorkOrderAction, Way>> = {
  accept: { to: 'accepted', then: ['start', ...working] },
  start: { to: 'in-hand', then: ['report', ...working] },
  report: { to: 'reported', then: ['note'] },
  'self-handled': { to: 'reported', then: ['note'] },
  return: { to: 'registered', then: [] },
  verify: { to: 'verified', then: ['close', 'note'] },
  rework: { to: 'in-hand', then: ['note'] },
  close: { to: 'closed', then: [] },
  suspend: { to: 'suspended', then: ['resume', 'note'] },
};

/** Said once: they wait for somebody's answer, or nothing is left of what they were about. */
const once: readonly PersonWorkOrderAction[] = ['answer', 'assist-done', 'request-extension', 'resume'];

/** The order as it will be when what waits on this phone has arrived. */
export function expected<T extends Pick<WorkOrder, 'state' | 'allowedActions'>>(
  order: T,
  pending: readonly OutboxStep[],
): T {
  const said = new Set(pending.map(({ action }) => action).filter((action) => once.includes(action)));
  return pending.reduce<T>(
    (before, { action }) => {
      const { to = before.state, then = before.allowedActions } = ways[action] ?? {};
      return { ...before, state: to, allowedActions: then.filter((one) => !said.has(one)) };
    },
    said.size ? { ...order, allowedActions: order.allowedActions.filter((one) => !said.has(one)) } : order,
  );
}

/** Steps that wait for this order, oldest first. */
export const stepsOf = (items: readonly OutboxItem[], workOrderId: string): OutboxStep[] =>
  items.filter(isStep).filter((item) => item.workOrderId === workOrderId);

/** The steps that will be sent: what stands behind a refused one waits for a person. */
export function onTheirWay(steps: readonly OutboxStep[]): OutboxStep[] {
  const refused = steps.findIndex(({ state }) => state === 'refused');
  return refused < 0 ? [...steps] : steps.slice(0, refused);
}

/** The same of a whole order: answers of its checklist that wait are shown as given. */
export function expectedDetail(order: WorkOrderDetail, pending: readonly OutboxStep[]): WorkOrderDetail {
  const answers = new Map(
    pending.flatMap(({ details }) => details?.answers?.map(({ key, value }) => [key, value] as const) ?? []),
  );
  const checklist = order.checklist.map((one) => ({ ...one, value: answers.get(one.item.key) ?? one.value }));
  return { ...expected(order, pending), checklist };
}

/** Why it could not be reported yet: the platform would refuse it when the officer has long gone. */
export const lacksAnswers = ({ checklist }: Pick<WorkOrderDetail, 'checklist'>): boolean =>
  checklist.some(({ item, value }) => item.required && value === null);
