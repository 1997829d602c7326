import { Inject, Injectable } from '@nestjs/common';
import {
  type Alarm,
  type AlarmGroup,
  type AlarmGroupsQuery,
  type Flood,
  type FoldedAlarms as Answer,
  type Person,
  silencedStates,
  type Text,
} from '@sc/contracts';
import { alarmView, toAlarm } from '@sc/features/alarms';
import { areaScope, Directory } from '@sc/features/directory';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database } from '@sc/platform/database';
import { commonRefusals, ProblemError } from '@sc/platform/http';
import { type Kysely, sql } from 'kysely';
import { FloodMeter } from './flood.js';
import { fold, type Fold, type OpenAlarm } from './fold.js';
import { ToldAlarms } from './told-alarms.js';

/** Of the newest that are open; what is grave comes first, so nothing grave is left out before thousands of it are open. */
const mostRead = 5_000;
const mostSingles = 200;
const mostGroups = 200;
/** A flood that never ebbed for so long is seen from its middle; it begins anew there. */
const floodLookBackMs = 2 * 3_600_000;

/** The open alarms of an area as they can be read in a flood. */
@Injectable()
export class FoldedAlarms {
  constructor(
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly told: ToldAlarms,
  ) {}

  /** @throws ProblemError `not-found` for an area out of sight */
  async read(person: Person, { by, areaId = person.areaId }: AlarmGroupsQuery): Promise<Answer> {
    if (!(await this.directory.isInScope(person.areaId, areaId)))
      throw new ProblemError('not-found', commonRefusals.noArea);
    const [alarms, open] = await Promise.all([this.openAlarms(areaId), this.countOpen(areaId)]);
    const { singles, groups } = fold(alarms, by);
    const shown = { singles: singles.slice(0, mostSingles), groups: groups.slice(0, mostGroups) };
    const full = await this.fullAlarms([...shown.singles, ...shown.groups.map(({ worst }) => worst)]);
    // One that ended between the two questions is gone from both.
    const found = ({ id }: OpenAlarm): Alarm[] => full.get(id) ?? [];
    const listed = await this.listed(shown.groups, full);
    const told = shown.singles.length + shown.groups.reduce((sum, { count }) => sum + count, 0);
    return {
      // A person's flood is that of their own area, whatever part of it they look at.
      flood: await this.flood(person.areaId),
      by,
      open,
      singles: shown.singles.flatMap(found),
      groups: listed,
      left: Math.max(0, open - told),
    };
  }

  private async flood(areaId: string): Promise<Flood> {
    const now = this.clock.now();
    const meter = new FloodMeter();
    for await (const { kind, at } of this.told.between(areaId, now - floodLookBackMs, now + 1))
      if (kind === 'told') meter.add(at);
    meter.passTo(now);
    const since = meter.current?.from;
    return {
      active: since !== undefined,
      since: since === undefined ? null : new Date(since).toISOString(),
      lastTenMinutes: meter.inWindow,
    };
  }

  private async openAlarms(areaId: string): Promise<OpenAlarm[]> {
    const rows = await this.shown(areaId)
      .select(['alarms.id', 'alarms.severity', 'alarms.raisedAt', 'alarms.state'])
      .select(['alarms.incidentId', 'alarms.areaId', 'alarms.ruleId'])
      .orderBy(sql`array_position(array['extreme', 'severe', 'moderate', 'minor', 'unknown'], alarms.severity)`)
      .orderBy('alarms.raisedAt', 'desc')
      .limit(mostRead)
      .execute();
    return Promise.all(
      rows.map(async ({ raisedAt, state, areaId: place, ...row }) => ({
        ...row,
        raisedAt: raisedAt.getTime(),
        unacknowledged: state !== 'acknowledged',
        buildingId: await this.directory.buildingOf(place),
      })),
    );
  }

  private async countOpen(areaId: string): Promise<number> {
    const row = await this.shown(areaId)
      .select(({ fn }) => fn.countAll<number>().as('open'))
      .executeTakeFirstOrThrow();
    return Number(row.open);
  }

  private shown(areaId: string) {
    return this.db
      .selectFrom('alarms')
      .innerJoin('areas', 'areas.id', 'alarms.areaId')
      .where('alarms.state', 'not in', ['normal', ...silencedStates])
      .where(areaScope(areaId));
  }

  private async fullAlarms(alarms: readonly OpenAlarm[]): Promise<Map<string, [Alarm]>> {
    const ids = alarms.map(({ id }) => id);
    const rows = await alarmView(this.db)
      .where(sql<boolean>`alarms.id = any(${ids}::uuid[])`)
      .execute();
    return new Map(rows.map((row) => [row.id, [toAlarm(row)] as const] as [string, [Alarm]]));
  }

  private async listed(groups: readonly Fold[], full: ReadonlyMap<string, [Alarm]>): Promise<AlarmGroup[]> {
    const names = await this.namesOf(groups.map(({ worst }) => worst.buildingId));
    return groups.flatMap(({ key, worst, ...group }) => {
      const [alarm] = full.get(worst.id) ?? [];
      if (!alarm) return [];
      const kind = key.slice(0, key.indexOf(':'));
      const place = names.get(worst.buildingId) ?? alarm.areaName;
      return {
        key,
        title: kind === 'rule' ? alarm.title : place,
        incidentId: kind === 'incident' ? worst.incidentId : kind === 'none' ? ('none' as const) : null,
        areaId: kind === 'building' || kind === 'none' ? worst.buildingId : null,
        ruleId: kind === 'rule' ? worst.ruleId : null,
        count: group.count,
        unacknowledged: group.unacknowledged,
        firstAt: new Date(group.firstAt).toISOString(),
        lastAt: new Date(group.lastAt).toISOString(),
        severity: worst.severity,
        worst: alarm,
      };
    });
  }

  private async namesOf(areaIds: readonly string[]): Promise<Map<string, Text>> {
    const rows = await this.db
      .selectFrom('areas')
      .select(['id', 'name'])
      .where(sql<boolean>`id = any(${areaIds}::text[])`)
      .execute();
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}
