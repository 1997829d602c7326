import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { compareSeverity, type WorkOrderTemplate } from '@sc/contracts';
import { Directory } from '@sc/features/directory';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { json, type Row, type Transaction, UnitOfWork } from '@sc/platform/database';
import { type Job, JobClaims, JobHandler, UnrecoverableJobError } from '@sc/platform/jobs';
import { dispatchActor, Dispatcher } from './dispatcher.js';
import { type IncidentRow, Incidents } from './incidents.js';
import { OrderLedger, type WorkOrderRow } from './order-ledger.js';
import { readEvent } from './read-event.js';
import { WORK_ORDER_TEMPLATES, type WorkOrderTemplates } from './templates.js';

/**
 * An alarm that asks for a person leads to exactly one open order of its incident (P4). Everything happens in one
 * transaction: a failure leaves nothing, the queue tries again, after ten attempts the job is a dead letter.
 */
@Controller()
export class OnAlarmRaised {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly claims: JobClaims,
    private readonly incidents: Incidents,
    private readonly dispatcher: Dispatcher,
    private readonly ledger: OrderLedger,
    private readonly directory: Directory,
    @Inject(WORK_ORDER_TEMPLATES) private readonly templates: WorkOrderTemplates,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
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
      if (await this.isCovered(transaction, alarm, event.occurredAt)) return;
      const template = this.templates.of(alarm.domain, alarm.severity);
      if (!template)
        throw new UnrecoverableJobError(
          `no work order template for ${alarm.severity} alarms of the domain ${alarm.domain}`,
        );
      const incident = await this.incidents.openFor(transaction, alarm, template.category);
      await this.ensureOrder(transaction, incident, alarm, template);
    });
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

  private async ensureOrder(
    transaction: Transaction,
    incident: IncidentRow,
    alarm: Row<'alarms'>,
    template: WorkOrderTemplate,
  ): Promise<void> {
    const order = await transaction.db
      .selectFrom('workOrders')
      .selectAll()
      .where('incidentId', '=', incident.id)
      .where('state', 'not in', ['closed', 'voided'])
      .forUpdate()
      .executeTakeFirst();
    if (order) await this.link(transaction, order, alarm);
    else await this.dispatcher.dispatch(transaction, await this.register(transaction, incident, alarm, template));
  }

  private async link(transaction: Transaction, order: WorkOrderRow, alarm: Row<'alarms'>): Promise<void> {
    const known = await transaction.db
      .selectFrom('workOrderSteps')
      .select('id')
      .where('workOrderId', '=', order.id)
      .where('action', 'in', ['register', 'link-alarm'])
      .where((eb) => eb(eb.ref('data', '->>').key('alarmId'), '=', alarm.id))
      .executeTakeFirst();
    const graver = compareSeverity(alarm.severity, order.severity) < 0;
    if (known && !graver) return;
    await this.ledger.record(transaction, order, {
      action: 'link-alarm',
      to: order.state,
      actor: dispatchActor,
      data: { alarmId: alarm.id, deviceId: alarm.deviceId, severity: alarm.severity },
      set: graver ? { severity: alarm.severity } : {},
    });
  }

  private async register(
    transaction: Transaction,
    incident: IncidentRow,
    alarm: Row<'alarms'>,
    template: WorkOrderTemplate,
  ): Promise<WorkOrderRow> {
    const { db } = transaction;
    const device = await db
      .selectFrom('devices')
      .select(['longitude', 'latitude', 'placement'])
      .where('id', '=', alarm.deviceId)
      .executeTakeFirst();
    const now = new Date(this.clock.now());
    const order = await db
      .insertInto('workOrders')
      .values({
        id: this.ids.next(),
        incidentId: incident.id,
        category: template.category,
        title: json(template.title),
        instructions: json(template.instructions),
        photoRequired: template.photoRequired,
        acceptWithinSeconds: template.acceptWithinSeconds,
        state: 'registered',
        severity: incident.severity,
        areaId: alarm.areaId,
        dutyGridId: (await this.directory.dutyGridOf(alarm.areaId, db)) ?? null,
        longitude: device?.longitude ?? null,
        latitude: device?.latitude ?? null,
        placement: device?.placement ?? null,
        createdAt: now,
        updatedAt: now,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    const data = { alarmId: alarm.id, deviceId: alarm.deviceId, severity: alarm.severity };
    return this.ledger.record(
      transaction,
      order,
      { action: 'register', to: 'registered', actor: dispatchActor, data },
      null,
    );
  }
}
