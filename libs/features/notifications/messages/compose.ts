import type { Notification, StoredMessage, Text } from '@sc/contracts';
import { placeName } from '@sc/features/directory';
import { orderNumber } from '@sc/features/work-orders';
import type { Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import { alarmTitle, fill, orderTitles } from './texts.js';

export interface OrderFacts {
  number: string;
  title: Text;
  place: Text;
}

/** What a message says about orders: number, what, where. */
export async function readOrders(db: Kysely<Database>, ids: readonly string[]): Promise<Map<string, OrderFacts>> {
  if (!ids.length) return new Map();
  const rows = await db
    .selectFrom('workOrders as o')
    .innerJoin('areas', 'areas.id', 'o.areaId')
    .select(['o.id', 'o.sequence', 'o.title', placeName.as('place')])
    .where(sql<boolean>`o.id = any(${ids}::uuid[])`)
    .execute();
  return new Map(rows.map(({ id, sequence, title, place }) => [id, { number: orderNumber(sequence), title, place }]));
}

/** What a message says about alarms: the rule's title, where. */
export async function readAlarms(
  db: Kysely<Database>,
  ids: readonly string[],
): Promise<Map<string, { title: Text; place: Text }>> {
  if (!ids.length) return new Map();
  const rows = await db
    .selectFrom('alarms as a')
    .innerJoin('areas', 'areas.id', 'a.areaId')
    .leftJoin('rules', 'rules.id', 'a.ruleId')
    .select(['a.id', 'a.ruleId', sql<Text | null>`rules.definition -> 'title'`.as('title'), placeName.as('place')])
    .where(sql<boolean>`a.id = any(${ids}::uuid[])`)
    .execute();
  return new Map(
    rows.map(({ id, ruleId, title, place }) => [id, { title: title ?? { 'zh-CN': ruleId, en: ruleId }, place }]),
  );
}

export const orderMessage = (kind: Notification['kind'], orderId: string, facts: OrderFacts): StoredMessage => ({
  kind,
  title: fill(orderTitles[kind], { number: facts.number }),
  body: bodyOf(facts),
  path: `/work-orders/${orderId}`,
});

export const alarmMessage = (alarmId: string, facts: { title: Text; place: Text }): StoredMessage => ({
  kind: 'alarm-raised',
  title: fill(alarmTitle, { title: facts.title }),
  body: facts.place,
  path: `/alarms/${alarmId}`,
});

const bodyOf = ({ title, place }: { title: Text; place: Text }): Text => ({
  'zh-CN': `${title['zh-CN']} · ${place['zh-CN']}`,
  en: `${title.en} · ${place.en}`,
});
