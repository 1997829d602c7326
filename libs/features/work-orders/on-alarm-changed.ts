import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { compareSeverity, isSilenced } from '@sc/contracts';
import { type Row, type Transaction, UnitOfWork } from '@sc/platform/database';
import { type Job, JobBundleHandler, JobClaims, JobHandler } from '@sc/platform/jobs';
import { AlarmFollowing } from './alarm-following.js';
import { Incidents } from './incidents.js';
import { endedStates } from './machine.js';
import { OrderIntake } from './order-intake.js';
import { readEvent } from './read-event.js';
import { SensorProof } from './sensor-proof.js';

/**
 * Keeps an incident in step with its alarms: graver with them, opened for one that came to ask for a person, its order
 * closed by the sensor where that may judge, itself closed when all is over. Looks at the present rows, so order and
 * repeats do not matter. Retried by the queue, after ten attempts a dead letter that the sweep gives back.
 */
@Controller()
export class OnAlarmChanged {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly claims: JobClaims,
    private readonly incidents: Incidents,
    private readonly intake: OrderIntake,
    private readonly proof: SensorProof,
    private readonly following: AlarmFollowing,
  ) {}

  @JobHandler('follow-incident')
  async handle(@Payload() job: Job<'follow-incident'>): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      if (!(await this.claims.claim(transaction, job))) return;
      const { db } = transaction;
      const { payload, occurredAt } = await readEvent(db, job.payload.eventId, 'alarm.changed.v1');
      const alarm = await db.selectFrom('alarms').selectAll().where('id', '=', payload.alarmId).executeTakeFirst();
      if (!alarm) return;
      if (payload.action === 'escalate-severity' && (await this.needsOrder(transaction, alarm, occurredAt)))
        return this.intake.take(transaction, alarm);
      await this.follow(transaction, alarm);
    });
  }

  @JobBundleHandler('follow-incident')
  async handleBundle(@Payload() jobs: Job<'follow-incident'>[]): Promise<void> {
    await this.following.follow(jobs);
  }

  private async follow(transaction: Transaction, alarm: Row<'alarms'>): Promise<void> {
    const incident = await this.incidents.lockOf(transaction, alarm);
    if (!incident || incident.state === 'closed') return;
    // What is silenced makes nothing graver: when that ends it is raised, and so is what it belongs to.
    const severity = isSilenced(alarm.state) ? incident.severity : alarm.severity;
    const graver = await this.incidents.raiseSeverity(transaction, incident, severity);
    const order = await transaction.db
      .selectFrom('workOrders')
      .selectAll()
      .where('incidentId', '=', incident.id)
      .where('state', 'not in', endedStates)
      .forUpdate()
      .executeTakeFirst();
    if (!order) return this.incidents.settle(transaction, graver);
    if (compareSeverity(severity, order.severity) < 0) await this.intake.link(transaction, order, alarm);
    else await this.proof.close(transaction, graver, order);
  }

  /** Became graver and asks for a person now: not if an order of it ended after that, or one is open already. */
  private async needsOrder({ db }: Transaction, alarm: Row<'alarms'>, risenAt: Date): Promise<boolean> {
    if (!alarm.workOrder || isSilenced(alarm.state)) return false;
    if (!alarm.incidentId) return true;
    if (!alarm.conditionActive) return false;
    const order = await db
      .selectFrom('workOrders')
      .select('id')
      .where('incidentId', '=', alarm.incidentId)
      .where(({ eb, or }) => or([eb('closedAt', 'is', null), eb('closedAt', '>=', risenAt)]))
      .executeTakeFirst();
    return !order;
  }
}
