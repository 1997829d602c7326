import type { Handover, Person } from '@sc/contracts';
import { areaScope, placeName } from '@sc/features/directory';
import type { Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import { type Actor, allowedActions } from './machine.js';

/** Hand-overs with the names people read, of the person's area and all below it; without what they say. */
export const handoverView = (db: Kysely<Database>, person: Person) =>
  db
    .selectFrom('handovers')
    .innerJoin('areas', 'areas.id', 'handovers.areaId')
    .innerJoin('people as opener', 'opener.id', 'handovers.openedBy')
    .leftJoin('people as giver', 'giver.id', 'handovers.giverId')
    .leftJoin('people as receiver', 'receiver.id', 'handovers.receiverId')
    .leftJoin('teams', 'teams.id', 'handovers.teamId')
    .select([
      'handovers.id',
      'handovers.areaId',
      'handovers.teamId',
      'shiftStartsAt',
      'shiftEndsAt',
      'planned',
      'handovers.state',
      'handovers.version',
      'openedBy',
      'openedAt',
      'giverId',
      'receiverId',
      'handedOverAt',
      'endedAt',
    ])
    .select([placeName.as('areaName'), 'teams.name as teamName'])
    .select(['opener.name as openerName', 'giver.name as giverName', 'receiver.name as receiverName'])
    .select(
      sql<number>`(select count(*) from handover_notes where handover_notes.handover_id = handovers.id)`.as('notes'),
    )
    .where(areaScope(person.areaId));

export type HandoverRow = Awaited<ReturnType<ReturnType<typeof handoverView>['executeTakeFirstOrThrow']>>;

/** Of who sees it: the row was found in their area. */
export const actorOf = ({ id, role }: Person): Actor => ({
  id,
  desk: role !== 'officer',
  manager: role === 'manager' || role === 'admin',
});

export const toHandover = (row: HandoverRow, person: Person): Handover => ({
  id: row.id,
  areaId: row.areaId,
  areaName: row.areaName,
  team: row.teamId && row.teamName ? { id: row.teamId, name: row.teamName } : null,
  shiftStartsAt: row.shiftStartsAt.toISOString(),
  shiftEndsAt: row.shiftEndsAt.toISOString(),
  planned: row.planned,
  state: row.state,
  version: row.version,
  openedBy: { id: row.openedBy, name: row.openerName },
  openedAt: row.openedAt.toISOString(),
  giver: who(row.giverId, row.giverName),
  receiver: who(row.receiverId, row.receiverName),
  handedOverAt: row.handedOverAt?.toISOString() ?? null,
  endedAt: row.endedAt?.toISOString() ?? null,
  notes: row.notes,
  allowedActions: allowedActions(row, actorOf(person)),
});

export const who = (id: string | null, name: string | null) => (id && name !== null ? { id, name } : null);
