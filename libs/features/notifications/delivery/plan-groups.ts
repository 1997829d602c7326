import { compareSeverity, groupChannelKinds, type Severity, type WorkOrderAction } from '@sc/contracts';
import type { Database, Row } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import { alarmMessage, orderMessage, readAlarms, readOrders } from '../messages/compose.js';
import type { AnyEvent } from '../read-event.js';
import type { NewDelivery } from './delivery-writer.js';

type Group = Pick<Row<'channels'>, 'id' | 'kind' | 'name' | 'areaId' | 'leastSeverity' | 'topics'>;
type GroupEvent = Extract<AnyEvent, { type: 'alarm.raised.v1' | 'alarm.changed.v1' | 'work-order.changed.v1' }>;

/** Steps of an order that a group of people hears of. Programs hear of all. */
const spoken = { dispatch: 'work-order-assigned', escalate: 'work-order-escalated' } as const satisfies Partial<
  Record<WorkOrderAction, string>
>;

/** Whether anything at all listens. */
export const groupChannels = (db: Kysely<Database>): Promise<Group[]> =>
  db
    .selectFrom('channels')
    .select(['id', 'kind', 'name', 'areaId', 'leastSeverity', 'topics'])
    .where('enabled', '=', true)
    .where('kind', 'in', [...groupChannelKinds])
    .execute();

export const isGroupEvent = (event: AnyEvent): event is GroupEvent =>
  event.type === 'alarm.raised.v1' || event.type === 'alarm.changed.v1' || event.type === 'work-order.changed.v1';

/** Which groups hear of which events: of their place, from their severity on. */
export async function planGroups(db: Kysely<Database>, events: readonly GroupEvent[]): Promise<NewDelivery[]> {
  const groups = await groupChannels(db);
  if (!groups.length || !events.length) return [];
  const paths = await readPaths(db, events);
  const ordersOf = events.flatMap(({ type, payload }) =>
    type === 'work-order.changed.v1' ? [payload.workOrderId] : [],
  );
  const alarmsOf = events.flatMap(({ type, payload }) => (type === 'alarm.raised.v1' ? [payload.alarmId] : []));
  const [orders, alarms] = [await readOrders(db, ordersOf), await readAlarms(db, alarmsOf)];
  const textOf = (event: GroupEvent) => {
    if (event.type === 'alarm.changed.v1') return undefined;
    if (event.type === 'alarm.raised.v1') {
      const alarm = alarms.get(event.payload.alarmId);
      return alarm && alarmMessage(event.payload.alarmId, alarm);
    }
    const kind = spoken[event.payload.action as keyof typeof spoken];
    const order = orders.get(event.payload.workOrderId);
    return kind && order && orderMessage(kind, event.payload.workOrderId, order);
  };
  return events.flatMap((event) => {
    const text = textOf(event);
    const { severity } = event.payload;
    return groups
      .filter((group) => hears(group, event, severity, paths) && (group.kind === 'webhook' || text))
      .map((channel) => ({
        channel,
        personId: null,
        eventId: event.id,
        severity,
        message: text ?? { kind: event.type, title: plain(event.type), body: plain(event.type), path: null },
      }));
  });
}

function hears(group: Group, event: GroupEvent, severity: Severity, paths: Map<string, string[]>): boolean {
  const topic = event.type === 'work-order.changed.v1' ? 'work-orders' : 'alarms';
  const isThere = group.areaId === null || (paths.get(event.payload.areaId)?.includes(group.areaId) ?? false);
  return isThere && group.topics.includes(topic) && compareSeverity(severity, group.leastSeverity) <= 0;
}

async function readPaths(db: Kysely<Database>, events: readonly GroupEvent[]): Promise<Map<string, string[]>> {
  const ids = [...new Set(events.map(({ payload }) => payload.areaId))];
  const rows = await db
    .selectFrom('areas')
    .select(['id', 'path'])
    .where(sql<boolean>`id = any(${ids}::text[])`)
    .execute();
  return new Map(rows.map(({ id, path }) => [id, path]));
}

const plain = (word: string) => ({ 'zh-CN': word, en: word });
