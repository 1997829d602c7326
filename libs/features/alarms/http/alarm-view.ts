import { type Alarm, type AlarmSilence, isSilenced } from '@sc/contracts';
import { placeName } from '@sc/features/directory';
import type { Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import { nextState } from '../machine.js';
import { shelvableMinutes } from '../shelvable.js';

/**
 * Whether the time of a silence is over: who ends it may be late, and nobody must read of a shelf that has ended. By the
 * clock of the database.
 */
const silenceOver = sql<boolean>`coalesce(alarms.silenced_until <= now() or silencing.ended_at is not null, false)`;

/** Alarms with the names a person reads: device, area, rule texts, who acknowledged, incident and its newest order. */
export const alarmView = (db: Kysely<Database>) =>
  db
    .selectFrom('alarms')
    .innerJoin('areas', 'areas.id', 'alarms.areaId')
    .innerJoin('devices', 'devices.id', 'alarms.deviceId')
    .innerJoin('rules', 'rules.id', 'alarms.ruleId')
    .leftJoin('people', 'people.id', 'alarms.acknowledgedBy')
    .leftJoin('people as assignee', 'assignee.id', 'alarms.assigneeId')
    .leftJoin('people as silencer', 'silencer.id', 'alarms.silencedBy')
    .leftJoin('people as judge', 'judge.id', 'alarms.judgedBy')
    .leftJoin('maintenanceWindows as silencing', 'silencing.id', 'alarms.suppressingWindow')
    .selectAll('alarms')
    .select([
      placeName.as('areaName'),
      'devices.name as deviceName',
      'rules.definition as rule',
      'people.name as acknowledgedByName',
      'assignee.name as assigneeName',
      'silencer.name as silencedByName',
      'judge.name as judgedByName',
      silenceOver.as('silenceOver'),
      sql<string | null>`(
        select id from work_orders where incident_id = alarms.incident_id order by sequence desc limit 1)`.as(
        'workOrderId',
      ),
    ]);

/** Conditions of a list: what asks to be seen, and what is silenced now. */
export const asksToBeSeen = sql<boolean>`alarms.state <> 'normal' and (
  alarms.state not in ('shelved', 'suppressed-by-design', 'out-of-service')
  or (${silenceOver} and (alarms.condition_active or alarms.latching)))`;
export const isSilencedNow = sql<boolean>`alarms.state in ('shelved', 'suppressed-by-design', 'out-of-service')
  and not ${silenceOver}`;

export type AlarmViewRow = Awaited<ReturnType<ReturnType<typeof alarmView>['executeTakeFirstOrThrow']>>;

export function toAlarm(row: AlarmViewRow): Alarm {
  const state = row.silenceOver ? (nextState(row.state, endOf(row), row) ?? row.state) : row.state;
  return {
    id: row.id,
    deviceId: row.deviceId,
    deviceName: row.deviceName,
    domain: row.domain,
    ruleId: row.ruleId,
    title: row.rule.title,
    guidance: row.rule.guidance,
    areaId: row.areaId,
    areaName: row.areaName,
    state,
    severity: row.severity,
    urgency: row.urgency,
    certainty: row.certainty,
    conditionActive: row.conditionActive,
    raisedAt: row.raisedAt.toISOString(),
    clearedAt: row.clearedAt?.toISOString() ?? null,
    acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
    acknowledgedBy: row.acknowledgedByName,
    occurrences: row.occurrences,
    lastSeenAt: row.lastSeenAt.toISOString(),
    cause: row.cause,
    incidentId: row.incidentId,
    workOrderId: row.workOrderId,
    latching: row.latching,
    assigneeId: row.assigneeId,
    assigneeName: row.assigneeName,
    silence: isSilenced(state) ? silenceOf(row) : null,
    shelvableMinutes: isSilenced(state) ? 0 : shelvableMinutes(row),
    judgement: row.judgement,
    judgedBy: row.judgedByName,
    judgedAt: row.judgedAt?.toISOString() ?? null,
  };
}

const endOf = ({ state }: AlarmViewRow) => (state === 'shelved' ? 'unshelve' : 'unsuppress');

function silenceOf(row: AlarmViewRow): AlarmSilence | null {
  if (!row.silencedAt) return null;
  return {
    kind: kindOf(row),
    since: row.silencedAt.toISOString(),
    until: row.silencedUntil?.toISOString() ?? null,
    by: row.silencedByName,
    reason: row.silencedReason,
    windowId: row.suppressingWindow,
    alarmId: row.suppressingAlarm,
  };
}

function kindOf({ state, suppressingWindow }: AlarmViewRow): AlarmSilence['kind'] {
  if (state === 'shelved') return 'shelf';
  if (state === 'out-of-service') return 'out-of-service';
  return suppressingWindow ? 'maintenance' : 'graver-alarm';
}
