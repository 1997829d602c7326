import { type EventPayloadOf, type Notification, stepOf } from '@sc/contracts';
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
      return toEveryone(change) ?? { kind: 'work-order-assigned', personIds: assignee };
    case 'accept':
      return { kind: 'work-order-taken', personIds: change.tell ?? [] };
    case 'assign':
      return { kind: 'work-order-assigned', personIds: assignee };
    case 'escalate':
      if (change.tell?.length) return toEveryone(change);
      // With nobody to ask, the control room must know at once.
      return {
        kind: 'work-order-escalated',
        personIds: assignee.length ? assignee : await controlRoomOf(directory, db, change.areaId),
      };
    case 'report':
    case 'self-handled':
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
    case 'note':
      return ofResident(directory, db, change);
    default:
      return ofSideFlow(directory, db, change);
  }
}

/** Danger to life: everyone who was called at once, whose the order is among them. */
const toEveryone = ({ tell = [] }: Change): Notice | undefined =>
  tell.length ? { kind: 'life-safety-call', personIds: [...tell] } : undefined;

async function ofSideFlow(
  directory: Directory,
  db: Kysely<Database>,
  { action, state, assigneeId, areaId, tell = [] }: Change,
): Promise<Notice | undefined> {
  const assignee = assigneeId ? [assigneeId] : [];
  const managers = async () => (await directory.managersOf(areaId, db)).map(({ personId }) => personId);
  switch (action) {
    case 'return':
      return { kind: 'work-order-returned', personIds: await controlRoomOf(directory, db, areaId) };
    case 'suspend':
      return { kind: 'work-order-suspended', personIds: [...assignee, ...tell] };
    case 'resume':
      return { kind: 'work-order-resumed', personIds: [...assignee, ...tell] };
    case 'sensor-rework':
      return { kind: 'work-order-sensor-disagrees', personIds: assignee };
    case 'request-extension':
      return { kind: 'work-order-extension-asked', personIds: await managers() };
    case 'grant-extension':
      return { kind: 'work-order-extension-granted', personIds: assignee };
    case 'refuse-extension':
      return { kind: 'work-order-extension-refused', personIds: assignee };
    case 'urge':
      // What nobody has is the control room's to answer for.
      return {
        kind: 'work-order-urged',
        personIds: assigneeId ? assignee : await controlRoomOf(directory, db, areaId),
      };
    case 'answer':
      return { kind: 'work-order-urge-answered', personIds: tell };
    case 'warn': {
      // Who verifies is the control room's to say, as is what nobody has.
      const holder = assigneeId && stepOf(state) !== 'verify' ? assignee : await controlRoomOf(directory, db, areaId);
      return { kind: 'work-order-due-soon', personIds: holder };
    }
    case 'overdue': {
      const [nearest] = await managers();
      return {
        kind: 'work-order-overdue',
        personIds: nearest ? [nearest] : await controlRoomOf(directory, db, areaId),
      };
    }
    case 'urge-overdue':
      return { kind: 'work-order-urge-overdue', personIds: await managers() };
    case 'invite':
      return { kind: 'work-order-assisting', personIds: tell };
    case 'assist-done':
      return { kind: 'work-order-assist-done', personIds: assignee };
    case 'release':
      return { kind: 'work-order-released', personIds: tell };
    default:
      return undefined;
  }
}

/** Whoever has it; and whoever checks the work or answers for it, where that is what the resident speaks of. */
async function ofResident(
  directory: Directory,
  db: Kysely<Database>,
  { resident, state, assigneeId, areaId }: Change,
): Promise<Notice | undefined> {
  if (!resident) return undefined;
  const assignee = assigneeId ? [assigneeId] : [];
  const isTheirs = assigneeId !== null && resident === 'replied' && stepOf(state) !== 'verify';
  const others = isTheirs ? [] : await controlRoomOf(directory, db, areaId);
  return { kind: `resident-${resident}`, personIds: [...new Set([...assignee, ...others])] };
}

/** The operators of the area; where there are none, its managers: both may verify. */
async function controlRoomOf(directory: Directory, db: Kysely<Database>, areaId: string): Promise<string[]> {
  const operators = await directory.operatorsOf(areaId, db);
  const people = operators.length ? operators : await directory.managersOf(areaId, db);
  return people.map(({ personId }) => personId);
}
