import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '@sc/platform/clock';
import type { Transaction } from '@sc/platform/database';
import { sql } from 'kysely';
import { dispatchActor } from './dispatch-actor.js';
import { type IncidentRow, Incidents } from './incidents.js';
import { workOrderMachine } from './machine.js';
import { OrderLedger, type WorkOrderRow } from './order-ledger.js';

/**
 * Ends of conditions that the device itself showed. Not a rule that was switched off, a device that was taken away, a
 * memory that was full or made anew with other rules: then nobody has seen that the matter is over. Nor a forecast that came true (`reached`).
 */
const seenByDevice: ReadonlySet<string> = new Set([
  'threshold',
  'ratio',
  'silence',
  'event',
  'held',
  'quiet',
  'rate',
  'stuck',
  'sequence',
  'forecast',
]);

interface Ended {
  id: string;
  deviceId: string;
  conditionActive: boolean;
  /** Device time of the last end; `null`: none. */
  at: Date | null;
  action: string | null;
  cause: string | null;
}

/** Where the template says so, the end of its conditions, seen by the sensor, verifies an order and closes it. */
@Injectable()
export class SensorProof {
  constructor(
    private readonly incidents: Incidents,
    private readonly ledger: OrderLedger,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Verifies and closes the order, and settles its incident, if everything it was opened for is over; who acts on it at the
   * same moment comes before or finds it closed, because both rows are locked.
   * @param incident and @param order as locked in this transaction @returns whether it did
   */
  async close(transaction: Transaction, incident: IncidentRow, order: WorkOrderRow): Promise<boolean> {
    if (!order.sensorVerifies || !workOrderMachine['sensor-verify'].from.includes(order.state)) return false;
    const alarms = await this.endsOf(transaction, incident.id);
    const [last] = alarms.toSorted((a, b) => (b.at?.getTime() ?? 0) - (a.at?.getTime() ?? 0));
    if (!last?.at || !alarms.every(isSeenOver)) return false;
    if (this.isTooSoon(transaction, order, last.at)) return false;
    const data = { alarmId: last.id, deviceId: last.deviceId, endedAt: last.at.toISOString(), cause: last.cause };
    const verified = await this.ledger.record(transaction, order, {
      action: 'sensor-verify',
      to: 'verified',
      actor: dispatchActor,
      data,
      set: { acceptBy: null },
    });
    await this.ledger.record(transaction, verified, {
      action: 'close',
      to: 'closed',
      actor: dispatchActor,
      data: { alarmId: last.id },
      set: { closedAt: new Date(this.clock.now()) },
    });
    await this.incidents.settle(transaction, incident);
    return true;
  }

  /**
   * Where the kind of work says so, it has to stay over for a while; then somebody looks again. Elsewhere nothing waits, not
   * even for a device whose clock is ahead.
   */
  private isTooSoon({ schedule }: Transaction, { id, sensorMinutes }: WorkOrderRow, endedAt: Date): boolean {
    if (!sensorMinutes) return false;
    const dueAt = endedAt.getTime() + sensorMinutes * 60_000;
    if (dueAt <= this.clock.now()) return false;
    schedule({ name: 'check-sensor', subject: `${id}:${dueAt}`, payload: { workOrderId: id }, dueAt });
    return true;
  }

  /** The share lock makes a raise that is under way finish first: what has begun again is not over. */
  private async endsOf({ db }: Transaction, incidentId: string): Promise<Ended[]> {
    await db.selectFrom('alarms').select('id').where('incidentId', '=', incidentId).orderBy('id').forShare().execute();
    const { rows } = await sql<Ended>`
      select a.id, a.device_id, a.condition_active, s.at, s.action, s.data ->> 'kind' as cause
      from alarms a left join lateral (
        select * from alarm_steps where alarm_id = a.id and action in ('clear', 'resolve')
        order by recorded_at desc, at desc limit 1
      ) s on true
      where a.incident_id = ${incidentId}`.execute(db);
    return rows;
  }
}

const isSeenOver = ({ conditionActive, action, cause }: Ended): boolean =>
  !conditionActive && action === 'clear' && cause !== null && seenByDevice.has(cause);
