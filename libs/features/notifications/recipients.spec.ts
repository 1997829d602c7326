import { type EventPayloadOf, toldWorkOrderActions, workOrderActionSchema } from '@sc/contracts';
import type { Directory } from '@sc/features/directory';
import { recipientsOf } from './recipients.js';

it.each(workOrderActionSchema.options)('%s: has recipients exactly if a job is made for it', async (action) => {
  const nobody = { operatorsOf: async () => [], managersOf: async () => [] } as unknown as Directory;
  const change = { action, assigneeId: null, areaId: 'c1' } as EventPayloadOf<'work-order.changed.v1'>;
  const notice = await recipientsOf(nobody, undefined as never, change);
  expect(notice !== undefined).toBe(toldWorkOrderActions.has(action));
});

describe('what a resident says', () => {
  const directory = {
    operatorsOf: async () => [{ personId: 'operator' }, { personId: 'officer' }],
  } as unknown as Directory;
  const told = async (change: Partial<EventPayloadOf<'work-order.changed.v1'>>) =>
    recipientsOf(
      directory,
      undefined as never,
      {
        action: 'note',
        areaId: 'c1',
        assigneeId: 'officer',
        state: 'in-hand',
        ...change,
      } as EventPayloadOf<'work-order.changed.v1'>,
    );

  it.each([
    // Whoever works on it answers; the control room is not asked.
    [{ resident: 'replied' }, ['officer']],
    [{ resident: 'replied', assigneeId: null, state: 'registered' }, ['operator', 'officer']],
    // Who checks the work must know before it is closed.
    [{ resident: 'replied', state: 'reported' }, ['officer', 'operator']],
    [{ resident: 'not-solved', state: 'reported' }, ['officer', 'operator']],
    [{ resident: 'reopened', state: 'closed' }, ['officer', 'operator']],
    [{ resident: 'rated-badly', state: 'evaluated' }, ['officer', 'operator']],
  ] as const)('%j is told to %j, each once', async (change, personIds) => {
    expect(await told(change)).toEqual({ kind: `resident-${change.resident}`, personIds });
  });

  it('is told to nobody where it is a note like any other', async () => {
    expect(await told({})).toBeUndefined();
  });
});
