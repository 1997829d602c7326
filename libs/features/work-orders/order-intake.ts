import { Inject, Injectable } from '@nestjs/common';
import { compareSeverity, type CaseItem } from '@sc/contracts';
import { Directory } from '@sc/features/directory';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { type NewRow, type Row, type Transaction } from '@sc/platform/database';
import { UnrecoverableJobError } from '@sc/platform/jobs';
import { sql } from 'kysely';
import { dispatchActor } from './dispatch-actor.js';
import { Dispatcher } from './dispatcher.js';
import { type IncidentRow, Incidents } from './incidents.js';
import { keptOfItem } from './kept-of-item.js';
import { linkData, OrderLedger, type WorkOrderRow } from './order-ledger.js';
import { endedStates } from './machine.js';
import { Matters } from './matters.js';
import { SensorProof } from './sensor-proof.js';
import { SharedCauses } from './shared-causes.js';
import { Suspending } from './suspending.js';

type NewOrder = NewRow<'workOrders'> &
  Pick<WorkOrderRow, 'id' | 'areaId' | 'dutyGridId' | 'acceptWithinSeconds' | 'severity'>;
type Place = Pick<Row<'devices'>, 'longitude' | 'latitude' | 'placement'>;

/** An order about to be registered, and the alarm it is for. */
export interface Opening {
  row: NewOrder;
  alarm: Row<'alarms'>;
}

/** Makes sure that an alarm which asks for a person has its incident with exactly one open order (P4). */
@Injectable()
export class OrderIntake {
  constructor(
    private readonly incidents: Incidents,
    private readonly dispatcher: Dispatcher,
    private readonly ledger: OrderLedger,
    private readonly proof: SensorProof,
    private readonly suspending: Suspending,
    private readonly directory: Directory,
    private readonly matters: Matters,
    private readonly sharedCauses: SharedCauses,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** @throws UnrecoverableJobError when there is no template: another attempt would not find one */
  async take(transaction: Transaction, alarm: Row<'alarms'>): Promise<void> {
    const belonging = (await this.matters.of([alarm], transaction.db)).get(alarm.id);
    if (!belonging)
      throw new UnrecoverableJobError(
        `no work order template for ${alarm.severity} alarms of the domain ${alarm.domain}`,
      );
    const incident = await this.incidents.openFor(transaction, alarm, belonging);
    const order = await transaction.db
      .selectFrom('workOrders')
      .selectAll()
      .where('incidentId', '=', incident.id)
      .where('state', 'not in', endedStates)
      .forUpdate()
      .executeTakeFirst();
    if (order) await this.link(transaction, order, alarm);
    else await this.begin(transaction, incident, alarm, belonging.template);
    await this.sharedCauses.callIn(transaction, incident);
  }

  /** The order of an incident that has none open. */
  async begin(
    transaction: Transaction,
    incident: IncidentRow,
    alarm: Row<'alarms'>,
    template: CaseItem,
  ): Promise<void> {
    const places = await this.placesOf(transaction, [alarm.deviceId]);
    const opening = await this.prepare(transaction, incident, alarm, template, places.get(alarm.deviceId));
    const registered = await this.ledger.register(transaction, opening);
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
    const template = (await this.matters.of([alarm], transaction.db)).get(alarm.id)?.template;
    const linked = await this.ledger.record(transaction, order, {
      action: 'link-alarm',
      to: order.state,
      actor: dispatchActor,
      data: linkData(alarm),
      set: {
        ...(graver ? { severity: alarm.severity } : {}),
        ...(order.sensorVerifies && template?.verifier !== 'sensor-or-staff' ? { sensorVerifies: false } : {}),
      },
    });
    // What was put off was less than that.
    if (graver && linked.state === 'suspended') await this.suspending.resume(transaction, linked);
  }

  /** Where devices are. */
  async placesOf({ db }: Transaction, deviceIds: readonly string[]): Promise<Map<string, Place>> {
    const rows = await db
      .selectFrom('devices')
      .select(['id', 'longitude', 'latitude', 'placement'])
      .where(sql<boolean>`id = any(${deviceIds}::text[])`)
      .execute();
    return new Map(rows.map(({ id, ...place }) => [id, place]));
  }

  /** What an order is when it is registered. */
  async prepare(
    { db }: Transaction,
    incident: IncidentRow,
    alarm: Row<'alarms'>,
    template: CaseItem,
    place: Place = { longitude: null, latitude: null, placement: null },
  ): Promise<Opening> {
    const now = new Date(this.clock.now());
    const row = {
      id: this.ids.next(),
      incidentId: incident.id,
      ...keptOfItem(template),
      state: 'registered' as const,
      severity: incident.severity,
      areaId: alarm.areaId,
      dutyGridId: (await this.directory.dutyGridOf(alarm.areaId, db)) ?? null,
      ...place,
      createdAt: now,
      updatedAt: now,
    };
    return { row, alarm };
  }
}
