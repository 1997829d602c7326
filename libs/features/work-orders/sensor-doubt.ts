import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '@sc/platform/clock';
import type { Transaction } from '@sc/platform/database';
import { sql } from 'kysely';
import { dispatchActor } from './dispatch-actor.js';
import { type IncidentRow, Incidents } from './incidents.js';
import { OrderLedger, type WorkOrderRow } from './order-ledger.js';
import { SensorProof } from './sensor-proof.js';

/** A sensor needs that long to show that something was done: smoke clears, a bin's sensor measures again. */
const usualMinutes = 10;

/** Conditions that a device shows for as long as they last. What only a person can end (an emergency call) says nothing later. */
const shownThroughout = ['threshold', 'ratio', 'held', 'silence', 'quiet', 'stuck'];

/**
 * A sensor against a report. That long after it the sensor is asked: what is over it may verify where the kind of work says
 * so, what still holds goes back to the handler. Disagreeing is for every sensor, of life safety too: it is the safe side.
 */
@Injectable()
export class SensorDoubt {
  constructor(
    private readonly incidents: Incidents,
    private readonly proof: SensorProof,
    private readonly ledger: OrderLedger,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** For an order just reported. */
  lookLater({ schedule }: Transaction, { id, incidentId, sensorMinutes }: WorkOrderRow): void {
    if (!incidentId) return;
    const dueAt = this.clock.now() + (sensorMinutes ?? usualMinutes) * 60_000;
    schedule({ name: 'check-sensor', subject: `${id}:${dueAt}`, payload: { workOrderId: id }, dueAt });
  }

  /** Late or repeated it changes nothing: it looks at the present rows. */
  async look(transaction: Transaction, workOrderId: string): Promise<void> {
    const { db } = transaction;
    const found = await db
      .selectFrom('workOrders')
      .select('incidentId')
      .where('id', '=', workOrderId)
      .executeTakeFirst();
    if (!found?.incidentId) return;
    const incident = await this.incidents.lock(transaction, found.incidentId);
    const order = await db
      .selectFrom('workOrders')
      .selectAll()
      .where('id', '=', workOrderId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (await this.proof.close(transaction, incident, order)) return;
    if (order.state === 'reported') await this.doubt(transaction, incident, order);
  }

  private async doubt(transaction: Transaction, incident: IncidentRow, order: WorkOrderRow): Promise<void> {
    const reportedAt = await this.reportedAt(transaction, order);
    const waited = this.clock.now() - reportedAt.getTime();
    if (waited < (order.sensorMinutes ?? usualMinutes) * 60_000) return;
    const reading = await this.stillHolding(transaction, incident, reportedAt);
    if (!reading) return;
    await this.ledger.record(transaction, order, {
      action: 'sensor-rework',
      to: 'in-hand',
      actor: dispatchActor,
      data: { assigneeId: order.assigneeId, ...reading },
    });
  }

  private async reportedAt({ db }: Transaction, order: WorkOrderRow): Promise<Date> {
    const step = await db
      .selectFrom('workOrderSteps')
      .select(({ fn }) => fn.max('at').as('at'))
      .where('workOrderId', '=', order.id)
      .where('action', 'in', ['report', 'self-handled'])
      .executeTakeFirstOrThrow();
    return step.at;
  }

  /** The gravest condition that its device has shown since the report; one that was not heard since says nothing. */
  private async stillHolding(
    { db }: Transaction,
    incident: IncidentRow,
    since: Date,
  ): Promise<Record<string, unknown> | undefined> {
    await db.selectFrom('alarms').select('id').where('incidentId', '=', incident.id).orderBy('id').forShare().execute();
    const { rows } = await sql<{ alarmId: string; deviceId: string; ruleId: string; cause: Record<string, unknown> }>`
      select a.id as alarm_id, a.device_id, a.rule_id, a.cause from alarms a join devices d on d.id = a.device_id
      where a.incident_id = ${incident.id} and a.condition_active and a.state in ('unacknowledged', 'acknowledged')
        and a.cause ->> 'kind' = any(${shownThroughout}::text[])
        and (a.cause ->> 'kind' = 'silence' or d.last_seen_at > ${since})
      order by array_position(array['extreme', 'severe', 'moderate', 'minor', 'unknown'], a.severity), a.raised_at
      limit 1`.execute(db);
    const [worst] = rows;
    if (!worst) return undefined;
    const { cause, ...ids } = worst;
    const { kind, metric, value, level } = cause;
    return { ...ids, cause: kind, ...(metric === undefined ? {} : { metric, value, level }) };
  }
}
