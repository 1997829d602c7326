import type { PersonWorkOrderAction, WorkOrderState } from '@sc/contracts';
import { ways } from '../../apps/console/src/field/expected.js';
import { allowedActions, type Asker, type OrderFacts } from '../../libs/features/work-orders/decide.js';
import { workOrderMachine } from '../../libs/features/work-orders/machine.js';

const officer: Asker = { id: 'officer', role: 'officer', inScope: false, onDuty: true, assisting: false };
const operator: Asker = { id: 'operator', role: 'operator', inScope: true, onDuty: false, assisting: false };

/** In the hands of the officer, who also found it: both may do what they may. */
const order = (state: WorkOrderState): OrderFacts => ({
  state,
  severity: 'minor',
  assigneeId: officer.id,
  handlerId: officer.id,
  finderId: officer.id,
  involved: [officer.id],
  suspendedFrom: state === 'suspended' ? 'in-hand' : null,
  photoRequired: false,
  proof: 'none',
  extension: null,
});

/** The phone foretells where a step leads, so that the next can be taken in a dead spot; the case flow is the truth. */
describe('what the phone expects of steps that wait', () => {
  const entries = Object.entries(ways) as [PersonWorkOrderAction, NonNullable<(typeof ways)['accept']>][];

  it.each(entries)('%s leads where the case flow says, and offers nothing that would be refused', (action, way) => {
    const { to, by } = workOrderMachine[action];
    expect(way.to).toBe(to);
    const asker = by.some((who) => ['assignee', 'finder', 'on-duty'].includes(who)) ? officer : operator;
    const may = allowedActions(order(way.to!), asker);
    for (const next of way.then ?? []) expect(may).toContain(next);
  });
});
