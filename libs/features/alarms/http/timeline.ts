import type { TimelineEntry } from '@sc/contracts';
import type { Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';

/** The story is bounded: an alarm that chatters for days is told by its newest steps. */
const mostEntries = 500;

/** The story of an alarm and of the orders of its incident, oldest first. `at` is our clock; device time is in `data.deviceTime`. */
export async function alarmTimeline(
  db: Kysely<Database>,
  alarmId: string,
  incidentId: string | null,
): Promise<TimelineEntry[]> {
  const alarmSteps = await db
    .selectFrom('alarmSteps')
    // an actor that is no person has an id that is no UUID: compared as text
    .leftJoin('people', (join) => join.on(sql`people.id::text`, '=', sql.ref('alarm_steps.actor_id')))
    .leftJoin('devices', 'devices.id', 'alarmSteps.actorId')
    .leftJoin('people as assignee', (join) =>
      join.on(sql`assignee.id::text`, '=', sql`alarm_steps.data ->> 'assigneeId'`),
    )
    .selectAll('alarmSteps')
    .select(['people.name as personName', 'devices.name as deviceName', 'assignee.name as assigneeName'])
    .where('alarmId', '=', alarmId)
    .orderBy('recordedAt', 'desc')
    .orderBy('alarmSteps.id', 'desc')
    .limit(mostEntries)
    .execute();
  const orderSteps = incidentId
    ? await db
        .selectFrom('workOrderSteps')
        .innerJoin('workOrders', 'workOrders.id', 'workOrderSteps.workOrderId')
        .leftJoin('people', (join) => join.on(sql`people.id::text`, '=', sql.ref('work_order_steps.actor_id')))
        .leftJoin('people as assignee', (join) =>
          join.on(sql`assignee.id::text`, '=', sql`work_order_steps.data ->> 'assigneeId'`),
        )
        .selectAll('workOrderSteps')
        .select(['people.name as personName', 'assignee.name as assigneeName'])
        .where('workOrders.incidentId', '=', incidentId)
        .orderBy('workOrderSteps.at', 'desc')
        .orderBy('workOrderSteps.id', 'desc')
        .limit(mostEntries)
        .execute()
    : [];
  const entries: TimelineEntry[] = [
    ...alarmSteps.toReversed().map((step) => ({
      at: step.recordedAt.toISOString(),
      kind: 'alarm' as const,
      subjectId: step.alarmId,
      action: step.action,
      fromState: step.fromState,
      toState: step.toState,
      actorKind: step.actorKind,
      actorName: step.personName ?? step.deviceName ?? step.actorId,
      note: step.note,
      data: {
        ...step.data,
        deviceTime: step.at.toISOString(),
        ...(step.assigneeName ? { assigneeName: step.assigneeName } : {}),
      },
    })),
    ...orderSteps.toReversed().map((step) => ({
      at: step.at.toISOString(),
      kind: 'work-order' as const,
      subjectId: step.workOrderId,
      action: step.action,
      fromState: step.fromState,
      toState: step.toState,
      actorKind: step.actorKind,
      actorName: step.personName ?? step.actorId,
      note: step.note,
      data: step.assigneeName ? { ...step.data, assigneeName: step.assigneeName } : step.data,
    })),
  ];
  // Both halves are in order and the sort is stable: steps of one moment stay as they were written.
  return entries.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
