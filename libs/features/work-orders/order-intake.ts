import { Inject, Injectable } from '@nestjs/common';
import { compareSeverity, type WorkOrderTemplate } from '@sc/contracts';
import { Directory } from '@sc/features/directory';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { json, type Row, type Transaction } from '@sc/platform/database';
import { UnrecoverableJobError } from '@sc/platform/jobs';
import { dispatchActor } from './dispatch-actor.js';
import { Dispatcher } from './dispatcher.js';
import { type IncidentRow, Incidents } from './incidents.js';
import { linkData, OrderLedger, type WorkOrderRow } from './order-ledger.js';
import { SensorProof } from './sensor-proof.js';
import { WORK_ORDER_TEMPLATES, type WorkOrderTemplates } from './templates.js';

/** Makes sure that an alarm which asks for a person has its incident with exactly one open order (P4). */
@Injectable()
export class OrderIntake {
  constructor(
    private readonly incidents: Incidents,
    private readonly dispatcher: Dispatcher,
    private readonly ledger: OrderLedger,
    private readonly proof: SensorProof,
    private readonly directory: Directory,
    @Inject(WORK_ORDER_TEMPLATES) private readonly templates: WorkOrderTemplates,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** @throws UnrecoverableJobError when there is no template: another attempt would not find one */
  async take(transaction: Transaction, alarm: Row<'alarms'>): Promise<void> {
    const template = this.templates.of(alarm.domain, alarm.severity);
    if (!template)
      throw new UnrecoverableJobError(
        `no work order template for ${alarm.severity} alarms of the domain ${alarm.domain}`,
      );
    const incident = await this.incidents.openFor(transaction, alarm, template.category);
    const order = await transaction.db
      .selectFrom('workOrders')
      .selectAll()
      .where('incidentId', '=', incident.id)
      .where('state', 'not in', ['closed', 'voided'])
      .forUpdate()
      .executeTakeFirst();
    if (order) return this.link(transaction, order, alarm);
    const registered = await this.register(transaction, incident, alarm, template);
    // It may be over before its turn came: then nobody is sent, but that it was stays on record.
    if (await this.proof.close(transaction, incident, registered)) return;
    await this.dispatcher.dispatch(transaction, registered);
  }

  /**
   * The alarm is part of the matter: as grave as the gravest of it, and for the sensor to judge only as long as that may be
   * said of each. Doing it again changes nothing.
   */
  async link(transaction: Transaction, order: WorkOrderRow, alarm: Row<'alarms'>): Promise<void> {
    const known = await transaction.db
      .selectFrom('workOrderSteps')
      .select('id')
      .where('workOrderId', '=', order.id)
      .where('action', 'in', ['register', 'link-alarm'])
      .where((eb) => eb(eb.ref('data', '->>').key('alarmId'), '=', alarm.id))
      .executeTakeFirst();
    const graver = compareSeverity(alarm.severity, order.severity) < 0;
    if (known && !graver) return;
    const template = this.templates.of(alarm.domain, alarm.severity);
    await this.ledger.record(transaction, order, {
      action: 'link-alarm',
      to: order.state,
      actor: dispatchActor,
      data: linkData(alarm),
      set: {
        ...(graver ? { severity: alarm.severity } : {}),
        ...(order.sensorVerifies && !template?.sensorVerifies ? { sensorVerifies: false } : {}),
      },
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
        sensorVerifies: template.sensorVerifies,
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
    const data = linkData(alarm);
    return this.ledger.record(
      transaction,
      order,
      { action: 'register', to: 'registered', actor: dispatchActor, data },
      null,
    );
  }
}
