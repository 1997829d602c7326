import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { isSilenced } from '@sc/contracts';
import { type Row, type Transaction, UnitOfWork } from '@sc/platform/database';
import { type Job, JobBundleHandler, JobClaims, JobHandler, UnrecoverableJobError } from '@sc/platform/jobs';
import { AlarmGathering } from './alarm-gathering.js';
import { OrderIntake } from './order-intake.js';
import { readEvent } from './read-event.js';

/**
 * An alarm that asks for a person leads to exactly one open order of its incident (P4). Everything happens in one
 * transaction: a failure leaves nothing, the queue tries again, after ten attempts the job is a dead letter. Many at
 * once are gathered; what is left of them comes here.
 */
@Controller()
export class OnAlarmRaised {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly claims: JobClaims,
    private readonly intake: OrderIntake,
    private readonly gathering: AlarmGathering,
  ) {}

  @JobHandler('open-incident')
  async handle(@Payload() job: Job<'open-incident'>): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      if (!(await this.claims.claim(transaction, job))) return;
      const { db } = transaction;
      const event = await readEvent(db, job.payload.eventId, 'alarm.raised.v1');
      if (!event.payload.workOrder) return;
      const alarm = await db
        .selectFrom('alarms')
        .selectAll()
        .where('id', '=', event.payload.alarmId)
        .executeTakeFirst();
      if (!alarm) throw new UnrecoverableJobError(`no alarm ${event.payload.alarmId}`);
      // Somebody or something silenced it meanwhile: it is raised anew when that ends and it still holds.
      if (isSilenced(alarm.state)) return;
      if (await this.isCovered(transaction, alarm, event.occurredAt)) return;
      await this.intake.take(transaction, alarm);
    });
  }

  @JobBundleHandler('open-incident')
  async handleBundle(@Payload() jobs: Job<'open-incident'>[]): Promise<void> {
    await this.gathering.gather(jobs);
  }

  /** A raise that comes late, after its incident was already worked off and closed. */
  private async isCovered({ db }: Transaction, alarm: Row<'alarms'>, raisedAt: Date): Promise<boolean> {
    if (!alarm.incidentId || alarm.conditionActive) return false;
    const incident = await db
      .selectFrom('incidents')
      .select('closedAt')
      .where('id', '=', alarm.incidentId)
      .executeTakeFirstOrThrow();
    return incident.closedAt !== null && raisedAt <= incident.closedAt;
  }
}
