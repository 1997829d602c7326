import { type HandoverGroup, handoverLimits, type HandoverItem, severities, type Text } from '@sc/contracts';
import { light } from '@sc/features/calendars';
import { areaScope, placeName } from '@sc/features/directory';
import { openStates, orderNumber } from '@sc/features/work-orders';
import type { Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';

const total = sql<number>`count(*) over ()`.as('total');
const rank = (table: 'incidents') =>
  sql<number>`array_position(array[${sql.join(severities.map((severity) => sql.lit(severity)))}]::text[], ${sql.ref(`${table}.severity`)})`;
const nothing = { device: null, state: null, until: null, light: null, number: null, who: null, reason: null };

/** With the lights of their clocks at that moment: what is over its time first. */
export async function openOrders(db: Kysely<Database>, areaId: string, now: number): Promise<HandoverGroup> {
  const rows = await db
    .selectFrom('workOrders')
    .innerJoin('areas', 'areas.id', 'workOrders.areaId')
    .leftJoin('people', 'people.id', 'workOrders.assigneeId')
    .select(['workOrders.id', 'sequence', 'title', 'severity', 'state', 'workOrders.createdAt', 'warnAt', 'dueAt'])
    .select([placeName.as('areaName'), 'people.name as assigneeName', total])
    .where(areaScope(areaId))
    .where('state', 'in', openStates)
    .orderBy(sql`due_at asc nulls last`)
    .orderBy('sequence')
    .limit(handoverLimits.items)
    .execute();
  const items = rows.map(({ warnAt, dueAt, ...row }): HandoverItem => ({
    ...nothing,
    kind: 'work-order',
    id: row.id,
    number: orderNumber(row.sequence),
    title: row.title,
    areaName: row.areaName,
    severity: row.severity,
    state: row.state,
    since: row.createdAt.toISOString(),
    until: dueAt?.toISOString() ?? null,
    light: light({ warnAt: warnAt?.getTime() ?? null, dueAt: dueAt?.getTime() ?? null }, now),
    who: row.assigneeName,
  }));
  return { total: rows[0]?.total ?? 0, items };
}

/** By the words of their kind of work; the gravest first. */
export async function openIncidents(db: Kysely<Database>, areaId: string): Promise<HandoverGroup> {
  const rows = await db
    .selectFrom('incidents')
    .innerJoin('areas', 'areas.id', 'incidents.areaId')
    .leftJoin('catalogueEntries', 'catalogueEntries.code', 'incidents.category')
    .select(['incidents.id', 'incidents.severity', 'incidents.openedAt', 'incidents.category'])
    .select(['catalogueEntries.title', placeName.as('areaName'), total])
    .where(areaScope(areaId))
    .where('incidents.state', '=', 'open')
    .orderBy(rank('incidents'))
    .orderBy('incidents.openedAt', 'desc')
    .orderBy('incidents.id')
    .limit(handoverLimits.items)
    .execute();
  const items = rows.map(({ id, title, category, areaName, severity, openedAt }): HandoverItem => ({
    ...nothing,
    kind: 'incident',
    id,
    title: title ?? same(category),
    areaName,
    severity,
    since: openedAt.toISOString(),
  }));
  return { total: rows[0]?.total ?? 0, items };
}

/** A name that people gave is the same in every language. */
export const same = (name: string): Text => ({ 'zh-CN': name, en: name });
