import { Inject, Injectable } from '@nestjs/common';
import type { MaintenanceQuery, MaintenanceWindow, OutOfService, OutOfServiceQuery, Person } from '@sc/contracts';
import { areaScope, placeName } from '@sc/features/directory';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database } from '@sc/platform/database';
import { ProblemError } from '@sc/platform/http';
import { type Kysely, sql } from 'kysely';
import { refusals } from '../refusals.js';

/** What is over is told by the newest: a place that is mended every week has hundreds. */
const mostWindows = 200;
const mostOut = 500;

/** What silences alarms within a person's area, and until when. */
@Injectable()
export class MaintenanceReadModel {
  constructor(
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The next to end first; `all`: the newest first. */
  async windows(person: Person, { state, deviceId }: MaintenanceQuery): Promise<MaintenanceWindow[]> {
    const now = new Date(this.clock.now());
    let select = deviceId === undefined ? this.view(person) : this.allWindows().where(covers(person, deviceId));
    if (state === 'open')
      select = select
        .where('maintenanceWindows.endedAt', 'is', null)
        .where('maintenanceWindows.endsAt', '>', now)
        .orderBy('maintenanceWindows.endsAt');
    const rows = await select.orderBy('maintenanceWindows.startsAt', 'desc').limit(mostWindows).execute();
    return rows.map((row) => toWindow(row, now));
  }

  /** @throws ProblemError `not-found`, also for one outside the person's area */
  async window(person: Person, id: string): Promise<MaintenanceWindow> {
    const row = await this.view(person).where('maintenanceWindows.id', '=', id).executeTakeFirst();
    if (!row) throw new ProblemError('not-found', refusals.noWindow);
    return toWindow(row, new Date(this.clock.now()));
  }

  /** The newest first. */
  async outOfService(person: Person, { deviceId }: OutOfServiceQuery = {}): Promise<OutOfService[]> {
    let select = this.db
      .selectFrom('outOfService')
      .innerJoin('devices', 'devices.id', 'outOfService.deviceId')
      .innerJoin('areas', 'areas.id', 'devices.areaId')
      .innerJoin('people', 'people.id', 'outOfService.takenBy')
      .leftJoin('rules', 'rules.id', 'outOfService.ruleId')
      .select(['outOfService.id', 'outOfService.deviceId', 'outOfService.ruleId', 'reason', 'takenAt'])
      .select(['devices.name as deviceName', 'devices.areaId', placeName.as('areaName'), 'people.name as takenBy'])
      .select('rules.definition as rule')
      .where('returnedAt', 'is', null)
      .where(areaScope(person.areaId));
    if (deviceId !== undefined) select = select.where('outOfService.deviceId', '=', deviceId);
    const rows = await select.orderBy('takenAt', 'desc').limit(mostOut).execute();
    return rows.map(({ rule, takenAt, ...row }) => ({
      ...row,
      ruleTitle: rule?.title ?? null,
      takenAt: takenAt.toISOString(),
    }));
  }

  private view(person: Person) {
    return this.allWindows().where(areaScope(person.areaId));
  }

  private allWindows() {
    return this.db
      .selectFrom('maintenanceWindows')
      .innerJoin('areas', 'areas.id', 'maintenanceWindows.areaId')
      .innerJoin('people', 'people.id', 'maintenanceWindows.createdBy')
      .leftJoin('people as ender', 'ender.id', 'maintenanceWindows.endedBy')
      .leftJoin('devices', 'devices.id', 'maintenanceWindows.deviceId')
      .selectAll('maintenanceWindows')
      .select([placeName.as('areaName'), 'people.name as createdByName', 'ender.name as endedByName'])
      .select('devices.name as deviceName')
      .select(
        sql<number>`(select count(*) from alarms
          where suppressing_window = maintenance_windows.id and state = 'suppressed-by-design')`.as('silencedAlarms'),
      );
  }
}

/** That a window silences this device, which the person sees; as `silences_of` of the database reads it. */
const covers = (person: Person, deviceId: string) => sql<boolean>`exists (
  select from devices d join areas a on a.id = d.area_id
  where d.id = ${deviceId} and a.path @> array[${person.areaId}]::text[]
    and (maintenance_windows.device_id = d.id or (maintenance_windows.device_id is null
      and (maintenance_windows.domain is null or maintenance_windows.domain = d.domain)
      and a.path @> array[maintenance_windows.area_id])))`;

type WindowRow = Awaited<ReturnType<ReturnType<MaintenanceReadModel['view']>['executeTakeFirstOrThrow']>>;

function toWindow(row: WindowRow, now: Date): MaintenanceWindow {
  const over = row.endedAt !== null || row.endsAt <= now;
  return {
    id: row.id,
    areaId: row.areaId,
    areaName: row.areaName,
    domain: row.domain,
    deviceId: row.deviceId,
    deviceName: row.deviceName,
    lifeSafety: row.lifeSafety,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    reason: row.reason,
    createdBy: row.createdByName,
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    endedBy: row.endedByName,
    state: over ? 'over' : row.startsAt > now ? 'planned' : 'running',
    silencedAlarms: over ? 0 : row.silencedAlarms,
  };
}
