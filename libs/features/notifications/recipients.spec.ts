import { type EventPayloadOf, toldWorkOrderActions, workOrderActionSchema } from '@sc/contracts';
import type { Directory } from '@sc/features/directory';
import { recipientsOf } from './recipients.js';

it.each(workOrderActionSchema.options)('%s: has recipients exactly if a job is made for it', async (action) => {
  const nobody = { operatorsOf: async () => [], managersOf: async () => [] } as unknown as Directory;
  const change = { action, assigneeId: null, areaId: 'c1' } as EventPayloadOf<'work-order.changed.v1'>;
  const notice = await recipientsOf(nobody, undefined as never, change);
  expect(notice !== undefined).toBe(toldWorkOrderActions.has(action));
});
