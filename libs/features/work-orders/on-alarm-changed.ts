import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { compareSeverity } from '@sc/contracts';
import { UnitOfWork } from '@sc/platform/database';
import { type Job, JobClaims, JobHandler } from '@sc/platform/jobs';
import { dispatchActor } from './dispatcher.js';
import { Incidents } from './incidents.js';
import { OrderLedger } from './order-ledger.js';
import { readEvent } from './read-event.js';

/** Keeps an incident in step with its alarms: graver with them, closed when all is over. Looks at the present rows, so order and repeats do not matter. */
@Controller()
export class OnAlarmChanged {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly claims: JobClaims,
    private readonly incidents: Incidents,
    private readonly ledger: OrderLedger,
  ) {}

  @JobHandler('follow-incident')
  async handle(@Payload() job: Job<'follow-incident'>): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      if (!(await this.claims.claim(transaction, job))) return;
      const { db } = transaction;
      const { payload } = await readEvent(db, job.payload.eventId, 'alarm.changed.v1');
      const alarm = await db
        .selectFrom('alarms')
        .select(['incidentId', 'severity'])
        .where('id', '=', payload.alarmId)
        .executeTakeFirst();
      if (!alarm?.incidentId) return;
      const incident = await this.incidents.lock(transaction, alarm.incidentId);
      if (incident.state === 'closed') return;
      await this.incidents.raiseSeverity(transaction, incident, alarm.severity);
      const order = await db
        .selectFrom('workOrders')
        .selectAll()
        .where('incidentId', '=', incident.id)
        .where('state', 'not in', ['closed', 'voided'])
        .forUpdate()
        .executeTakeFirst();
      if (!order) return this.incidents.settle(transaction, incident);
      if (compareSeverity(alarm.severity, order.severity) >= 0) return;
      await this.ledger.record(transaction, order, {
        action: 'link-alarm',
        to: order.state,
        actor: dispatchActor,
        data: { alarmId: payload.alarmId, deviceId: payload.deviceId, severity: alarm.severity },
        set: { severity: alarm.severity },
      });
    });
  }
}
