import type { EventPayloadOf, Notification } from '@sc/contracts';
import type { Directory } from '@sc/features/directory';
import type { Database } from '@sc/platform/database';
import type { Kysely } from 'kysely';

type Change = EventPayloadOf<'work-order.changed.v1'>;
export interface Notice {
  kind: Notification['kind'];
  personIds: string[];
}

/** Who must be told of this step, and as what. Steps that only their own actor needs to know tell nobody. */
export async function recipientsOf(
  directory: Directory,
  db: Kysely<Database>,
  change: Change,
): Promise<Notice | undefined> {
  const assignee = change.assigneeId ? [change.assigneeId] : [];
  switch (change.action) {
    case 'dispatch':
      return { kind: 'work-order-assigned', personIds: assignee };
    case 'escalate':
      // With nobody to ask, the control room must know at once.
      return {
        kind: 'work-order-escalated',
        personIds: assignee.length ? assignee : await controlRoomOf(directory, db, change.areaId),
      };
    case 'report':
      return {
        kind: 'work-order-reported',
        personIds: (await controlRoomOf(directory, db, change.areaId)).filter((id) => id !== change.assigneeId),
      };
    case 'rework':
      return { kind: 'work-order-rework', personIds: assignee };
    case 'merge':
      return { kind: 'work-order-merged', personIds: assignee };
    case 'sensor-verify':
      return { kind: 'work-order-closed-by-sensor', personIds: assignee };
    default:
      return undefined;
  }
}

/** The operators of the area; where there are none, its managers: both may verify. */
async function controlRoomOf(directory: Directory, db: Kysely<Database>, areaId: string): Promise<string[]> {
  const operators = await directory.operatorsOf(areaId, db);
  const people = operators.length ? operators : await directory.managersOf(areaId, db);
  return people.map(({ personId }) => personId);
}
