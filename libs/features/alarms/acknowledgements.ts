import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import type { Database, Row, Transaction } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import { acknowledgementHoldsMs } from './acknowledgement-limits.js';
import { toMoving } from './alarm-rows.js';
import { Bench } from './bench.js';
import { auditSteps, type ToldStep, writeDown } from './ledger.js';
import { lockDevices, standingOf } from './look-up.js';
import { nextState } from './machine.js';
import { stepOf } from './moving.js';

/** States of an order that somebody has taken care of, or put off knowingly. */
const taken = ['accepted', 'in-hand', 'suspended', 'reported', 'verified'];

/** An acknowledgement that led to nothing is taken back: the alarm has to be seen again (ISA-18.2 re-alarm). */
@Injectable()
export class Acknowledgements {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /**
   * Of these alarms those that were acknowledged too long ago, still hold, and whose order nobody has accepted. Looks at the
   * present rows alone, so a repeat and a late call change nothing.
   */
  async review(tx: Transaction, alarmIds: readonly string[]): Promise<void> {
    if (alarmIds.length === 0) return;
    const devices = await tx.db
      .selectFrom('alarms')
      .select('deviceId')
      .distinct()
      .where(sql<boolean>`id = any(${alarmIds}::uuid[])`)
      .execute();
    const deviceIds = devices.map(({ deviceId }) => deviceId);
    await lockDevices(tx.db, deviceIds);
    const now = this.clock.now();
    const rows = await forgotten(tx.db, now, { alarmIds });
    if (rows.length === 0) return;
    const bench = new Bench(await standingOf(tx.db, deviceIds, rows, now));
    const told: ToldStep[] = [];
    for (const row of rows) {
      const alarm = toMoving(row);
      const state = nextState(alarm.state, 're-alarm', alarm);
      if (!state) continue;
      const after = { ...alarm, state };
      bench.change(after);
      const cause = { acknowledgedAt: row.acknowledgedAt?.toISOString() };
      const step = stepOf(alarm, after, { at: now, action: 're-alarm', cause });
      told.push({ step, facts: row, actor: { kind: 'system', id: 'alarms' } });
    }
    const steps = bench.settle(now, told);
    await writeDown(tx, { clock: this.clock, ids: this.ids }, { updated: bench.updated, created: [], steps });
    auditSteps(
      tx,
      { kind: 'system', id: 'alarms' },
      'alarm.acknowledgement-forgotten',
      told.map(({ step }) => step),
    );
  }
}

/** @param graceMs so much later than they must have led to something */
export async function forgotten(
  db: Kysely<Database>,
  now: number,
  { alarmIds, graceMs = 0, limit }: { alarmIds?: readonly string[]; graceMs?: number; limit?: number },
): Promise<Row<'alarms'>[]> {
  const holds = sql.join(
    Object.entries(acknowledgementHoldsMs).map(([severity, ms]) => sql`when ${severity} then ${sql.lit(ms)}`),
    sql` `,
  );
  const ofThese = alarmIds ? sql`and a.id = any(${alarmIds}::uuid[])` : sql``;
  const { rows } = await sql<Row<'alarms'>>`
    select a.* from alarms a
    where a.state = 'acknowledged' and a.condition_active and a.work_order ${ofThese}
      and a.acknowledged_at + make_interval(secs => (case a.severity ${holds} end + ${graceMs}::int) / 1000.0)
        <= ${new Date(now)}
      and not exists (
        select from work_orders o where o.incident_id = a.incident_id and o.state = any(${taken}::text[]))
    order by a.id limit ${limit ?? null}`.execute(db);
  return rows;
}
