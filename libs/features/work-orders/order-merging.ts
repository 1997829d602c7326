import { Inject, Injectable } from '@nestjs/common';
import { compareSeverity } from '@sc/contracts';
import { Directory } from '@sc/features/directory';
import { CLOCK, type Clock } from '@sc/platform/clock';
import type { Transaction } from '@sc/platform/database';
import type { Viewpoint } from './access.js';
import { IncidentJoining } from './incident-joining.js';
import { type IncidentRow, Incidents } from './incidents.js';
import { isOpen } from './machine.js';
import { OrderLedger, type WorkOrderRow } from './order-ledger.js';
import { refusals } from './refusals.js';
import { refuse, type Refusal, type StepContext, type Taken } from './step-context.js';

interface Remaining {
  order: WorkOrderRow;
  incident: IncidentRow | undefined;
}

/** By hand: an order ends as the duplicate of another. With incidents behind both these become one; alarms keep their order. */
@Injectable()
export class OrderMerging {
  constructor(
    private readonly incidents: Incidents,
    private readonly joining: IncidentJoining,
    private readonly ledger: OrderLedger,
    private readonly directory: Directory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Locks what a merge is about before anything of it is locked: incidents, then orders, each in the order of their ids. */
  async lock(transaction: Transaction, ids: readonly string[]): Promise<void> {
    const { db } = transaction;
    const rows = await db.selectFrom('workOrders').select('incidentId').where('id', 'in', ids).execute();
    const incidentIds = rows.flatMap(({ incidentId }) => incidentId ?? []);
    await this.incidents.lockWithOrders(transaction, incidentIds);
    await db.selectFrom('workOrders').select('id').where('id', 'in', ids).orderBy('id').forUpdate().execute();
  }

  async merge(context: StepContext, incident: IncidentRow | undefined, viewpoint: Viewpoint): Promise<Taken> {
    const { transaction, order: duplicate, request, step } = context;
    const remaining = await this.remaining(transaction, request.intoId!, viewpoint);
    if (!remaining) return refuse('not-found', refusals.noOrderToMergeInto);
    const refusal = await this.refusal(transaction, duplicate, remaining);
    if (refusal) return refusal;
    const { order } = remaining;
    const data = { ...step.data, duplicateOf: order.id };
    const set = { closedAt: new Date(this.clock.now()), acceptBy: null, duplicateOf: order.id };
    if (incident && remaining.incident) {
      const decision = { actor: step.actor, reason: request.note ?? '' };
      await this.joining.join(
        transaction,
        { ...remaining, incident: remaining.incident },
        { incident, order: duplicate },
        decision,
      );
      return { ok: true, order: { ...duplicate, state: 'voided' } };
    }
    const ended = await this.ledger.record(transaction, duplicate, { ...step, data, set });
    await this.ledger.record(transaction, order, {
      action: 'absorb',
      to: order.state,
      actor: step.actor,
      data: { duplicateId: duplicate.id },
    });
    return { ok: true, order: ended };
  }

  private async remaining(transaction: Transaction, id: string, viewpoint: Viewpoint): Promise<Remaining | undefined> {
    const order = await transaction.db
      .selectFrom('workOrders')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (!order || !(await viewpoint.maySee(order))) return undefined;
    const incident = order.incidentId ? await this.incidents.lock(transaction, order.incidentId) : undefined;
    return { order, incident };
  }

  private async refusal(
    { db }: Transaction,
    duplicate: WorkOrderRow,
    { order, incident }: Remaining,
  ): Promise<Refusal | undefined> {
    if (order.id === duplicate.id) return refuse('invalid-request', refusals.ownDuplicate);
    if (!isOpen(order.state)) return refuse('conflict', refusals.remainingEnded);
    if (duplicate.incidentId && !incident) return refuse('conflict', refusals.alarmsBehind);
    if (compareSeverity(order.severity, duplicate.severity) > 0) return refuse('conflict', refusals.graverRemains);
    const [one, two] = [
      await this.directory.communityOf(order.areaId, db),
      await this.directory.communityOf(duplicate.areaId, db),
    ];
    if (order.areaId !== duplicate.areaId && (!one || one !== two)) return refuse('invalid-request', refusals.farApart);
    return undefined;
  }
}
