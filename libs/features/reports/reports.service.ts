import { Inject, Injectable } from '@nestjs/common';
import { type Person, type Report, reportDefinitionCodes, type ReportQuery } from '@sc/contracts';
import { Directory, placeName } from '@sc/features/directory';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { SETTINGS, type Settings } from '@sc/platform/config';
import { DATABASE, type Database } from '@sc/platform/database';
import { commonRefusals, ProblemError } from '@sc/platform/http';
import { type Kysely, sql } from 'kysely';
import { judgeAlarms } from './alarm-quality.js';
import { reportDefinitions } from './definitions.js';
import { countHours } from './hours.js';
import { refusals } from './refusals.js';
import { measureResponses } from './responses.js';
import type { ReportSelection } from './selection.js';

/** Of one table; a year of a city takes a few seconds, and nobody waits longer before a page. */
const tableLimit = '20s';
const tookTooLong = '57014';

/** A report is read at one moment: its tables agree with each other. */
@Injectable()
export class ReportsService {
  constructor(
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'TIME_ZONE'>,
    private readonly directory: Directory,
  ) {}

  /** @throws ProblemError `not-found`: an area out of sight; `too-large`: too much for the time there is */
  async report(person: Person, { from, to, every, areaId = person.areaId }: ReportQuery): Promise<Report> {
    if (!(await this.directory.isInScope(person.areaId, areaId)))
      throw new ProblemError('not-found', commonRefusals.noArea, [{ path: 'areaId', message: commonRefusals.noArea }]);
    const timeZone = this.settings.TIME_ZONE;
    const tables = await this.read({ from: new Date(from), to: new Date(to), areaId, every, timeZone });
    const definitions = reportDefinitionCodes.map((code) => ({ code, ...reportDefinitions[code] }));
    const at = new Date(this.clock.now()).toISOString();
    return { areaId, areaName: await this.nameOf(areaId), from, to, every, timeZone, at, definitions, ...tables };
  }

  private async read(selection: ReportSelection) {
    try {
      return await this.db
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute(async (db) => {
          // With the ordinary share of memory a year would be sorted on disk; compiling takes longer than counting.
          await sql`select set_config('work_mem', '64MB', true), set_config('jit', 'off', true),
            set_config('statement_timeout', ${tableLimit}, true)`.execute(db);
          return {
            alarmHours: await countHours(db, 'alarms', selection),
            caseHours: await countHours(db, 'work_orders', selection),
            quality: await judgeAlarms(db, selection),
            responses: await measureResponses(db, selection),
          };
        });
    } catch (error) {
      if ((error as { code?: unknown }).code !== tookTooLong) throw error;
      throw new ProblemError('too-large', refusals.takesTooLong);
    }
  }

  private async nameOf(areaId: string) {
    const row = await this.db
      .selectFrom('areas')
      .select(placeName.as('name'))
      .where('areas.id', '=', areaId)
      .executeTakeFirstOrThrow();
    return row.name;
  }
}
