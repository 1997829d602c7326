import { Inject, Injectable, Optional } from '@nestjs/common';
import type { WorkingCalendarData } from '@sc/contracts';
import { Directory } from '@sc/features/directory';
import { SETTINGS, type Settings } from '@sc/platform/config';
import { DATABASE, type Database, type Transaction } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import { WorkingCalendar } from './arithmetic/working-calendar.js';

/** Distinguishes our advisory lock from others. */
const calendarsLock = 7_241_940;

/** The transaction that wrote the row: another one after every change, also of a calendar that was deleted and made again. */
const written = sql<string>`xmin::text`;

const wholeDay = [{ from: '00:00', to: '24:00' }];
/**
 * Where nobody wrote a calendar: work goes on around the clock. Hours and holidays that were only guessed would show a late
 * case as one in time, and no limit in plain minutes asks a calendar at all.
 */
export const aroundTheClock = (timeZone: string): WorkingCalendarData => ({
  timeZone,
  week: Array.from({ length: 7 }, () => wholeDay),
  exceptions: [],
});

/** Which calendar holds where, at one moment. */
export interface CalendarBook {
  of(areaId: string): Promise<WorkingCalendar>;
}

/** The working calendars of areas. An area without one has that of the nearest area above it. */
@Injectable()
export class Calendars {
  /** By area, as its row was last written. */
  private readonly ready = new Map<string, { written: string; calendar: WorkingCalendar }>();
  readonly otherwise: WorkingCalendarData;
  /** Of that. */
  readonly nobodys: WorkingCalendar;

  constructor(
    private readonly directory: Directory,
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Optional() @Inject(SETTINGS) settings?: Pick<Settings, 'TIME_ZONE'>,
  ) {
    this.otherwise = aroundTheClock(settings?.TIME_ZONE ?? 'UTC');
    this.nobodys = new WorkingCalendar(this.otherwise);
  }

  /** For what a transaction writes: no calendar changes until it ends, so that a change finds every deadline that was counted by the old one. */
  async hold({ db }: Pick<Transaction, 'db'>): Promise<CalendarBook> {
    await sql`select pg_advisory_xact_lock_shared(${calendarsLock})`.execute(db);
    return this.book(db);
  }

  /** For a change: waits for those who count by the old one. Taken first in its transaction, so that nobody waits in a circle. */
  async change({ db }: Pick<Transaction, 'db'>): Promise<void> {
    await sql`select pg_advisory_xact_lock(${calendarsLock})`.execute(db);
  }

  /** As it is now. */
  async book(db: Kysely<Database> = this.database): Promise<CalendarBook> {
    const current = await db
      .selectFrom('calendars')
      .select(['areaId', written.as('written')])
      .execute();
    const stale = current.filter((one) => this.ready.get(one.areaId)?.written !== one.written);
    if (stale.length) {
      const ids = stale.map(({ areaId }) => areaId);
      const rows = await db
        .selectFrom('calendars')
        .selectAll()
        .select(written.as('written'))
        .where('areaId', 'in', ids)
        .execute();
      for (const row of rows) this.ready.set(row.areaId, { written: row.written, calendar: new WorkingCalendar(row) });
    }
    const own = new Map(current.map(({ areaId }) => [areaId, this.ready.get(areaId)?.calendar]));
    return {
      of: async (areaId) => {
        if (!own.size) return this.nobodys;
        const path = await this.directory.areaPath(areaId, db);
        const owner = path.findLast((id) => own.has(id));
        return (owner && own.get(owner)) || this.nobodys;
      },
    };
  }
}
