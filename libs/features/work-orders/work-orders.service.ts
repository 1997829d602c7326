import { Inject, Injectable } from '@nestjs/common';
import type { Person, PersonWorkOrderAction, ProblemCode, WorkOrderActionRequest, WorkOrderState } from '@sc/contracts';
import { AlarmsService } from '@sc/features/alarms';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { type Database, isTransientDatabaseError, type Transaction, UnitOfWork } from '@sc/platform/database';
import type { Updateable } from 'kysely';
import { OrderAccess } from './access.js';
import { decide } from './decide.js';
import { type IncidentRow, Incidents } from './incidents.js';
import { isOpen } from './machine.js';
import { OrderLedger, type WorkOrderRow } from './order-ledger.js';

export type ActionResult = { ok: true; state: WorkOrderState } | { ok: false; code: ProblemCode; message: string };

/** A deadlock or lost race is over when the other transaction is; three meetings in a row are not chance. */
const mostAttempts = 3;

/** What people do with orders. Refusals are answers, not exceptions. */
@Injectable()
export class WorkOrdersService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly access: OrderAccess,
    private readonly incidents: Incidents,
    private readonly ledger: OrderLedger,
    private readonly alarms: AlarmsService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * One step by one person. Rows are locked incident first, then order, as the handlers do, then devices and alarms. The same `requestId` from
   * the same person for the same action is the same request: it succeeds again without a second step.
   */
  async act(
    person: Person,
    orderId: string,
    action: PersonWorkOrderAction,
    request: WorkOrderActionRequest,
  ): Promise<ActionResult> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.unitOfWork.run((transaction) => this.actOnce(transaction, person, orderId, action, request));
      } catch (error) {
        if (attempt >= mostAttempts || !isTransientDatabaseError(error)) throw error;
      }
    }
  }

  private async actOnce(
    transaction: Transaction,
    person: Person,
    orderId: string,
    action: PersonWorkOrderAction,
    request: WorkOrderActionRequest,
  ): Promise<ActionResult> {
    const { db } = transaction;
    const absent: ActionResult = { ok: false, code: 'not-found', message: 'no such work order' };
    const found = await db.selectFrom('workOrders').select('incidentId').where('id', '=', orderId).executeTakeFirst();
    if (!found) return absent;
    const incident = await this.incidents.lock(transaction, found.incidentId);
    const order = await db
      .selectFrom('workOrders')
      .selectAll()
      .where('id', '=', orderId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const earlier = await db
      .selectFrom('workOrderSteps')
      .select(['action', 'actorId'])
      .where('workOrderId', '=', orderId)
      .where('requestId', '=', request.requestId)
      .executeTakeFirst();
    if (earlier?.action === action && earlier.actorId === person.id) return { ok: true, state: order.state };
    const viewpoint = await this.access.viewpointOf(person, db);
    if (!(await viewpoint.maySee(order))) return absent;
    if (earlier) return { ok: false, code: 'conflict', message: 'this requestId was used for another step' };

    const photos = [...new Set(request.attachmentIds)];
    if (!(await this.belongTo(transaction, order, photos)))
      return { ok: false, code: 'invalid-request', message: 'an attachment does not belong to this order' };
    const proof = { note: request.note, photos: photos.length };
    const decision = decide(order, action, await viewpoint.asker(order), proof);
    if (!decision.ok) return decision;

    await this.ledger.record(transaction, order, {
      action,
      to: decision.to,
      actor: { kind: 'person', id: person.id },
      note: request.note || undefined,
      requestId: request.requestId,
      data: photos.length ? { attachmentIds: photos } : {},
      set: this.changesOf(action, person, decision.to),
    });
    if (!isOpen(decision.to)) await this.end(transaction, incident, person, request.note);
    return { ok: true, state: decision.to };
  }

  /**
   * With the order, closed or voided, ends what no device can end (an emergency call, a fault): this person says that it is
   * over, and why. An alarm that joins the incident later brings an order of its own, which will end it.
   */
  private async end(transaction: Transaction, incident: IncidentRow, person: Person, note?: string): Promise<void> {
    const alarms = await transaction.db
      .selectFrom('alarms')
      .select('id')
      .where('incidentId', '=', incident.id)
      .where('state', '<>', 'normal')
      .execute();
    const ids = alarms.map(({ id }) => id);
    await this.alarms.resolve(transaction, ids, { kind: 'person', id: person.id }, note || undefined);
    await this.incidents.settle(transaction, incident);
  }

  private changesOf(
    action: PersonWorkOrderAction,
    person: Person,
    to: WorkOrderState,
  ): Updateable<Database['workOrders']> {
    if (action === 'accept') return { assigneeId: person.id, handlerId: person.id, acceptBy: null };
    if (!isOpen(to)) return { closedAt: new Date(this.clock.now()), acceptBy: null };
    return {};
  }

  private async belongTo({ db }: Transaction, order: WorkOrderRow, attachmentIds: string[]): Promise<boolean> {
    if (!attachmentIds.length) return true;
    const rows = await db
      .selectFrom('attachments')
      .select('id')
      .where('workOrderId', '=', order.id)
      .where('id', 'in', attachmentIds)
      .execute();
    return rows.length === attachmentIds.length;
  }
}
