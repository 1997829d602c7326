import { Injectable } from '@nestjs/common';
import type { Person, PersonWorkOrderAction, WorkOrderActionRequest, WorkOrderState } from '@sc/contracts';
import { AlarmsService } from '@sc/features/alarms';
import { isTransientDatabaseError, type Transaction, UnitOfWork } from '@sc/platform/database';
import { commonRefusals } from '@sc/platform/http';
import { OrderAccess } from './access.js';
import { decide } from './decide.js';
import { type IncidentRow, Incidents } from './incidents.js';
import { isOpen } from './machine.js';
import type { Step, WorkOrderRow } from './order-ledger.js';
import { OrderMerging } from './order-merging.js';
import { OrderProof } from './order-proof.js';
import { refusals } from './refusals.js';
import { SideFlows } from './side-flows.js';
import { refuse, type Refusal, type StepContext } from './step-context.js';

export type ActionResult = { ok: true; state: WorkOrderState } | Refusal;

/** A deadlock or lost race is over when the other transaction is; three meetings in a row are not chance. */
const mostAttempts = 3;

/** What people do with orders. Refusals are answers, not exceptions. */
@Injectable()
export class WorkOrdersService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly access: OrderAccess,
    private readonly incidents: Incidents,
    private readonly proof: OrderProof,
    private readonly flows: SideFlows,
    private readonly merging: OrderMerging,
    private readonly alarms: AlarmsService,
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
    const absent = refuse('not-found', commonRefusals.noWorkOrder);
    if (action === 'merge' && request.intoId) await this.merging.lock(transaction, [orderId, request.intoId]);
    const locked = await this.lock(transaction, orderId);
    if (!locked) return absent;
    const { order, incident } = locked;
    const earlier = await db
      .selectFrom('workOrderSteps')
      .select(['action', 'actorId'])
      .where('workOrderId', '=', orderId)
      .where('requestId', '=', request.requestId)
      .executeTakeFirst();
    if (earlier?.action === action && earlier.actorId === person.id) return { ok: true, state: order.state };
    const viewpoint = await this.access.viewpointOf(person, db);
    if (!(await viewpoint.maySee(order))) return absent;
    if (earlier) return refuse('conflict', refusals.usedBefore);
    // Merged already, perhaps with their incidents: what was asked for is so.
    if (action === 'merge' && order.duplicateOf && order.duplicateOf === request.intoId)
      return { ok: true, state: order.state };

    const photos = [...new Set(request.attachmentIds)];
    const unfit = await this.proof.refusal(transaction, order, photos, request);
    if (unfit) return unfit;
    const around = await this.proof.around(transaction, order, person, request.answers);
    const given = { ...request, photos: photos.length, answers: request.answers?.length ?? 0 };
    const decision = decide(order, action, await viewpoint.asker(order), given, around);
    if (!decision.ok) return decision;

    const step = stepOf(person, action, decision.to, request, photos);
    const context: StepContext = { transaction, order, person, request, step };
    const taken =
      action === 'merge' ? await this.merging.merge(context, incident, viewpoint) : await this.flows.take(context);
    if (!taken.ok) return taken;
    await this.proof.keep(transaction, order, person, request.answers);
    if (incident && isOpen(order.state) && !isOpen(taken.order.state) && action !== 'merge')
      await this.end(transaction, incident, person, request.note);
    return { ok: true, state: taken.order.state };
  }

  private async lock(
    transaction: Transaction,
    orderId: string,
  ): Promise<{ order: WorkOrderRow; incident: IncidentRow | undefined } | undefined> {
    const { db } = transaction;
    const found = await db.selectFrom('workOrders').select('incidentId').where('id', '=', orderId).executeTakeFirst();
    if (!found) return undefined;
    const incident = found.incidentId ? await this.incidents.lock(transaction, found.incidentId) : undefined;
    const order = await db
      .selectFrom('workOrders')
      .selectAll()
      .where('id', '=', orderId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    return { order, incident };
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
}

const stepOf = (
  person: Person,
  action: PersonWorkOrderAction,
  to: WorkOrderState,
  { note, requestId, position, answers, takenAt }: WorkOrderActionRequest,
  photos: readonly string[],
): Step => ({
  action,
  to,
  actor: { kind: 'person', id: person.id },
  note: note || undefined,
  requestId,
  position,
  data: {
    ...(photos.length ? { attachmentIds: photos } : {}),
    ...(takenAt ? { takenAt } : {}),
    ...(answers?.length ? { answers: answers.map(({ key }) => key) } : {}),
  },
});
