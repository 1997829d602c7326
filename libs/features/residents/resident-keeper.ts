import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { SETTINGS } from '@sc/platform/config';
import { DATABASE, type Database } from '@sc/platform/database';
import { Sweeper } from '@sc/platform/jobs';
import { LOGGER, type Logger } from '@sc/platform/logging';
import { type Kysely, sql } from 'kysely';
import { dayMs, type KeptSettings } from './kept-days.js';

/**
 * Removes what was said to be kept only for a time: phone numbers, private links, words of residents. Links of merged orders move on to
 * the one that remains, so that they end with that. Twice, or in two processes, it does the same as once.
 */
@Injectable()
export class ResidentKeeper extends Sweeper {
  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(SETTINGS) private readonly settings: KeptSettings,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(logger, { idleMs: 60_000, maxBackoffMs: 600_000 });
  }

  override async sweepOnce(): Promise<boolean> {
    const { database: db } = this;
    await sql`update resident_links l set work_order_id = o.duplicate_of
      from work_orders o where o.id = l.work_order_id and o.duplicate_of is not null`.execute(db);
    await sql`delete from resident_phones p using resident_links l, work_orders o
      where l.id = p.link_id and o.id = l.work_order_id and o.closed_at < ${this.before('RESIDENT_PHONE_DAYS')}`.execute(
      db,
    );
    await sql`update resident_links l set token_hash = null from work_orders o
      where o.id = l.work_order_id and l.token_hash is not null
        and o.closed_at < ${this.before('RESIDENT_LINK_DAYS')}`.execute(db);
    await this.forgetWords(this.before('CASE_FILES_DAYS'));
    return false;
  }

  private async forgetWords(old: Date): Promise<void> {
    const { database: db } = this;
    await sql`update resident_links l set words = null from work_orders o
      where o.id = l.work_order_id and l.words is not null and o.closed_at < ${old}`.execute(db);
    await sql`update resident_messages m set words = null from work_orders o
      where o.id = m.work_order_id and m.words is not null and m.link_id is not null and o.closed_at < ${old}`.execute(
      db,
    );
    await sql`update resident_ratings r set words = null from work_orders o
      where o.id = r.work_order_id and r.words is not null and o.closed_at < ${old}`.execute(db);
    await sql`update work_orders set description = null, placement = null
      where source = 'resident' and closed_at < ${old} and (description is not null or placement is not null)`.execute(
      db,
    );
  }

  private before(days: keyof KeptSettings): Date {
    return new Date(this.clock.now() - this.settings[days] * dayMs);
  }
}
