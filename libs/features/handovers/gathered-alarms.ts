import { type Alarm, type HandoverGroup, handoverLimits, type HandoverItem, severities } from '@sc/contracts';
import { alarmView, asksToBeSeen, isSilencedNow, toAlarm } from '@sc/features/alarms';
import { areaScope } from '@sc/features/directory';
import type { Database } from '@sc/platform/database';
import { type Kysely, type RawBuilder, sql } from 'kysely';

/** 1 is the gravest. */
const rank = sql<number>`array_position(array[${sql.join(severities.map((severity) => sql.lit(severity)))}]::text[], alarms.severity)`;
const total = sql<number>`count(*) over ()`.as('total');

/** What asks to be seen: the gravest first. */
export const openAlarms = (db: Kysely<Database>, areaId: string): Promise<HandoverGroup> =>
  alarmGroup(db, areaId, asksToBeSeen, 'alarm', handoverLimits.items);

/** Shelved, suppressed, out of service: the next to end first, for its alarm comes back in the next shift. */
export async function silencedAlarms(db: Kysely<Database>, areaId: string): Promise<HandoverGroup> {
  const rows = await alarmView(db)
    .select(total)
    .where(areaScope(areaId))
    .where(isSilencedNow)
    .orderBy(sql`alarms.silenced_until asc nulls last`)
    .orderBy('alarms.id')
    .limit(handoverLimits.items)
    .execute();
  return { total: rows[0]?.total ?? 0, items: rows.map((row) => itemOf(toAlarm(row), 'silenced')) };
}

/** Extreme and severe ones that were raised in a time, also those that are over: the gravest first. */
export function graveAlarms(db: Kysely<Database>, areaId: string, from: Date, to: Date): Promise<HandoverGroup> {
  const raised = sql<boolean>`alarms.severity in ('extreme', 'severe') and alarms.raised_at >= ${from} and alarms.raised_at < ${to}`;
  return alarmGroup(db, areaId, raised, 'alarm', handoverLimits.grave);
}

async function alarmGroup(
  db: Kysely<Database>,
  areaId: string,
  which: RawBuilder<boolean>,
  kind: 'alarm',
  limit: number,
): Promise<HandoverGroup> {
  const rows = await alarmView(db)
    .select(total)
    .where(areaScope(areaId))
    .where(which)
    .orderBy(rank)
    .orderBy('alarms.raisedAt', 'desc')
    .orderBy('alarms.id')
    .limit(limit)
    .execute();
  return { total: rows[0]?.total ?? 0, items: rows.map((row) => itemOf(toAlarm(row), kind)) };
}

const itemOf = (alarm: Alarm, kind: 'alarm' | 'silenced'): HandoverItem => ({
  kind,
  id: alarm.id,
  title: alarm.title,
  areaName: alarm.areaName,
  device: alarm.deviceName,
  severity: alarm.severity,
  state: alarm.state,
  since: alarm.raisedAt,
  until: alarm.silence?.until ?? null,
  light: null,
  number: null,
  who: alarm.silence ? alarm.silence.by : alarm.assigneeName,
  reason: alarm.silence?.reason ?? null,
});
