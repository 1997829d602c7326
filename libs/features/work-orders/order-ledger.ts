import { Inject, Injectable } from '@nestjs/common';
import type { WorkOrderAction, WorkOrderState } from '@sc/contracts';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { type Actor, type Database, json, type Row, type Transaction } from '@sc/platform/database';
import type { Updateable } from 'kysely';

export type WorkOrderRow = Row<'workOrders'>;

export interface Step {
  action: WorkOrderAction;
  to: WorkOrderState;
  actor: Actor;
  note?: string | undefined;
  requestId?: string;
  /** Facts for the timeline: ids and codes, no personal data. */
  data?: Record<string, unknown>;
  /** Told as an event alone, not in the story: for what repeats itself. */
  quiet?: boolean;
  /** What else of the order changes with this step. */
  set?: Updateable<Database['workOrders']>;
}

/** What people say on the phone. */
export const orderNumber = (sequence: number): string => `WO-${String(sequence).padStart(6, '0')}`;

/** The only writer of an order's progress: row, step, event and audit entry go together or not at all; a quiet step is row and event. */
@Injectable()
export class OrderLedger {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** @param order the row as locked in this transaction @param from `null` for the step that made it */
  async record(
    { db, emit, audit }: Transaction,
    order: WorkOrderRow,
    step: Step,
    from: WorkOrderState | null = order.state,
  ): Promise<WorkOrderRow> {
    const at = new Date(this.clock.now());
    const after = await db
      .updateTable('workOrders')
      .set({ ...step.set, state: step.to, updatedAt: at })
      .where('id', '=', order.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    emit({
      type: 'work-order.changed.v1',
      payload: {
        workOrderId: after.id,
        incidentId: after.incidentId,
        number: orderNumber(after.sequence),
        action: step.action,
        state: after.state,
        severity: after.severity,
        areaId: after.areaId,
        assigneeId: after.assigneeId,
      },
      areaId: after.areaId,
      subjectId: after.id,
    });
    if (step.quiet) return after;
    await db
      .insertInto('workOrderSteps')
      .values({
        id: this.ids.next(),
        workOrderId: order.id,
        at,
        action: step.action,
        fromState: from,
        toState: step.to,
        actorKind: step.actor.kind,
        actorId: step.actor.id,
        note: step.note ?? null,
        requestId: step.requestId ?? null,
        data: json(step.data ?? {}),
      })
      .execute();
    audit({
      actor: step.actor,
      action: `work-order.${step.action}`,
      subjectType: 'work-order',
      subjectId: after.id,
      change: { from, to: step.to, assigneeId: after.assigneeId, level: after.escalationLevel, ...step.data },
    });
    return after;
  }
}
