import { Inject, Injectable } from '@nestjs/common';
import { type Alarm, type AlarmDetail, type AlarmQuery, type Page, type Person, severities } from '@sc/contracts';
import { areaScope } from '@sc/features/directory';
import { DATABASE, type Database } from '@sc/platform/database';
import { commonRefusals, decodeCursor, encodeCursor, ProblemError } from '@sc/platform/http';
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { alarmView, type AlarmViewRow, asksToBeSeen, isSilencedNow, toAlarm } from './alarm-view.js';
import { alarmTimeline } from './timeline.js';

/** 1 is the gravest. */
const rank = sql<number>`array_position(array[${sql.join(severities.map((severity) => sql.lit(severity)))}]::text[], alarms.severity)`;
const rankOf = (row: AlarmViewRow) => severities.indexOf(row.severity) + 1;

const cursorSchema = z.tuple([z.int().min(0).max(9), z.iso.datetime(), z.uuid()]);

/** What persons see of alarms, within their area. */
@Injectable()
export class AlarmsReadModel {
  constructor(@Inject(DATABASE) private readonly db: Kysely<Database>) {}

  /** `open` and `silenced`: gravest first, then newest; `all`: newest first. */
  async list(person: Person, query: AlarmQuery): Promise<Page<Alarm>> {
    const open = query.state !== 'all';
    let select = alarmView(this.db).where(areaScope(person.areaId));
    if (open) select = select.where(query.state === 'open' ? asksToBeSeen : isSilencedNow);
    if (query.deviceId) select = select.where('alarms.deviceId', '=', query.deviceId);
    if (query.ruleId) select = select.where('alarms.ruleId', '=', query.ruleId);
    if (query.incidentId === 'none') select = select.where('alarms.incidentId', 'is', null);
    else if (query.incidentId) select = select.where('alarms.incidentId', '=', query.incidentId);
    if (query.areaId) select = select.where(areaScope(query.areaId));
    if (query.to) select = select.where('alarms.raisedAt', '<', new Date(query.to));
    if (query.from) {
      const from = new Date(query.from);
      select = select.where(({ or, eb }) =>
        or([eb('alarms.conditionActive', '=', true), eb('alarms.clearedAt', '>=', from), eb('raisedAt', '>=', from)]),
      );
    }
    if (query.cursor) {
      const [afterRank, raisedAt, id] = this.cursor(query.cursor);
      const older = sql<boolean>`(alarms.raised_at, alarms.id) < (${raisedAt}::timestamptz, ${id}::uuid)`;
      select = select.where(
        open ? sql<boolean>`(${rank} > ${afterRank} or (${rank} = ${afterRank} and ${older}))` : older,
      );
    }
    if (open) select = select.orderBy(rank);
    const rows = await select
      .orderBy('alarms.raisedAt', 'desc')
      .orderBy('alarms.id', 'desc')
      .limit(query.limit + 1)
      .execute();
    const items = rows.slice(0, query.limit);
    const last = items.at(-1);
    return {
      items: items.map(toAlarm),
      nextCursor:
        rows.length > query.limit && last
          ? encodeCursor([open ? rankOf(last) : 0, last.raisedAt.toISOString(), last.id])
          : null,
    };
  }

  /** @throws ProblemError `not-found`, also for an alarm outside the person's area */
  async detail(person: Person, id: string): Promise<AlarmDetail> {
    const row = await this.find(person, id);
    return { ...toAlarm(row), timeline: await alarmTimeline(this.db, row.id, row.incidentId) };
  }

  /** @throws ProblemError `not-found`, also for an alarm outside the person's area */
  async one(person: Person, id: string): Promise<Alarm> {
    return toAlarm(await this.find(person, id));
  }

  private async find(person: Person, id: string): Promise<AlarmViewRow> {
    const row = await alarmView(this.db).where('alarms.id', '=', id).where(areaScope(person.areaId)).executeTakeFirst();
    if (!row) throw new ProblemError('not-found', commonRefusals.noAlarmOfYours);
    return row;
  }

  private cursor(cursor: string): z.infer<typeof cursorSchema> {
    const parsed = cursorSchema.safeParse(decodeCursor(cursor, 3));
    if (parsed.success) return parsed.data;
    throw new ProblemError('invalid-request', commonRefusals.strangeCursor, [
      { path: 'cursor', message: commonRefusals.startAnew },
    ]);
  }
}
