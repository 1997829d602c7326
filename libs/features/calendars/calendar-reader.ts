import { Inject, Injectable } from '@nestjs/common';
import type { AreaCalendar, Person, Text } from '@sc/contracts';
import { areaScope, Directory } from '@sc/features/directory';
import { DATABASE, type Database, type Row } from '@sc/platform/database';
import { commonRefusals, ProblemError } from '@sc/platform/http';
import type { Kysely } from 'kysely';
import { Calendars } from './calendars.js';

type Known = Row<'calendars'> & { areaName: Text; personName: string };
interface Area {
  id: string;
  name: Text;
}

/** Calendars as people see them. */
@Injectable()
export class CalendarReader {
  constructor(
    private readonly calendars: Calendars,
    private readonly directory: Directory,
    @Inject(DATABASE) private readonly database: Kysely<Database>,
  ) {}

  /** What holds in the person's area, then those of the areas below that have one of their own. */
  async list(person: Person): Promise<AreaCalendar[]> {
    const below = await this.known()
      .where(areaScope(person.areaId))
      .where('calendars.areaId', '<>', person.areaId)
      .orderBy('calendars.areaId')
      .execute();
    return [
      await this.of(person, person.areaId),
      ...below.map((row) => shown({ id: row.areaId, name: row.areaName }, row)),
    ];
  }

  /** @throws ProblemError `not-found` for an area out of sight */
  async of(person: Person, areaId: string): Promise<AreaCalendar> {
    const area = await this.database
      .selectFrom('areas')
      .select(['id', 'name'])
      .where('id', '=', areaId)
      .where(areaScope(person.areaId))
      .executeTakeFirst();
    if (!area) throw new ProblemError('not-found', commonRefusals.noAreaOfYours);
    const path = await this.directory.areaPath(areaId);
    const rows = await this.known().where('calendars.areaId', 'in', path).execute();
    const owner = path.findLast((id) => rows.some((row) => row.areaId === id));
    const row = rows.find((one) => one.areaId === owner);
    if (row) return shown(area, row);
    const nobodys = { ownerId: null, ownerName: null, name: '', revision: 0, updatedAt: null, updatedBy: null };
    return { areaId: area.id, areaName: area.name, ...nobodys, ...this.calendars.otherwise };
  }

  private known() {
    return this.database
      .selectFrom('calendars')
      .innerJoin('areas', 'areas.id', 'calendars.areaId')
      .innerJoin('people', 'people.id', 'calendars.updatedBy')
      .selectAll('calendars')
      .select(['areas.name as areaName', 'people.name as personName']);
  }
}

const shown = (area: Area, row: Known): AreaCalendar => ({
  areaId: area.id,
  areaName: area.name,
  ownerId: row.areaId,
  ownerName: row.areaName,
  name: row.name,
  timeZone: row.timeZone,
  week: row.week,
  exceptions: row.exceptions,
  // What a change must name: of an area that inherits, that it has none.
  revision: row.areaId === area.id ? row.revision : 0,
  updatedAt: row.updatedAt.toISOString(),
  updatedBy: row.personName,
});
