import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database } from '@sc/platform/database';
import { Sweeper } from '@sc/platform/jobs';
import { LOGGER, type Logger } from '@sc/platform/logging';
import { type Kysely, sql } from 'kysely';
import { columnsOf, historiesOf, historyColumns } from './case-history.js';

const batch = 500;
/** Cases that somebody works on move again soon; and what was just done may still be committed by somebody else. */
const settledAfterMs = 3_600_000;

/**
 * Keeps what the steps of cases say that have not moved for an hour, most of them for good, so that a year is not read step by step
 * each time somebody asks. What is kept counts only while the order stands as it did then (`as_of` is its `updated_at`): one that is
 * missing here, or has moved, costs time and changes no figure. A suspended one grows older by itself: it is always read.
 */
@Injectable()
export class SettledCases extends Sweeper {
  constructor(
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(logger, { idleMs: 60_000, maxBackoffMs: 300_000 });
  }

  /** In the order in which they moved last. Harmless when several processes do it. @returns whether more may wait */
  override async sweepOnce(): Promise<boolean> {
    const at = new Date(this.clock.now() - settledAfterMs);
    const names = sql.raw(historyColumns.join(', '));
    const { rows } = await sql<{ found: number }>`
      with asked as materialized (
        select o.id, o.created_at, o.source, o.updated_at
        from work_orders o left join case_facts f on f.work_order_id = o.id
        where o.state <> 'suspended' and o.updated_at <= ${at}
          and o.updated_at >= coalesce((select max(as_of) from case_facts), '-infinity')
          and f.as_of is distinct from o.updated_at
        order by o.updated_at limit ${batch}
      ), kept as (
        insert into case_facts (work_order_id, as_of, ${names})
        select asked.id, asked.updated_at, ${columnsOf('h')} from asked join (${historiesOf(at)}) h on h.id = asked.id
        on conflict (work_order_id) do update
          set (as_of, ${names}) = row (excluded.as_of, ${columnsOf('excluded')})
      )
      select count(*)::int as found from asked`.execute(this.db);
    return rows[0]?.found === batch;
  }
}
