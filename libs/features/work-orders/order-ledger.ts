import { Inject, Injectable } from '@nestjs/common';
import {
  type DomainEvent,
  isFinalWorkOrder,
  type Position,
  type WorkOrderAction,
  type WorkOrderState,
} from '@sc/contracts';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import {
  type Actor,
  type AuditRecord,
  type Database,
  json,
  type NewRow,
  type Row,
  type Transaction,
} from '@sc/platform/database';
import { type Insertable, type Kysely, sql, type Updateable } from 'kysely';
import { keepCalls } from './calls.js';
import { dispatchActor } from './dispatch-actor.js';
import { OrderClocks } from './order-clock.js';
import type { Opening } from './order-intake.js';

export type WorkOrderRow = Row<'workOrders'>;

export interface Step {
  action: WorkOrderAction;
  to: WorkOrderState;
  actor: Actor;
  note?: string | undefined;
  requestId?: string;
  /** Where the person was, if they said so. */
  position?: Position | undefined;
  /** Who else has to know. */
  tell?: readonly string[];
  /** Facts for the timeline: ids and codes, no personal data. */
  data?: Record<string, unknown>;
  /** Told as an event alone, not in the story: for what repeats itself. */
  quiet?: boolean;
  /** What else of the order changes with this step. */
  set?: Updateable<Database['workOrders']>;
}

/** An order about to be registered, and the step that gives it to somebody. */
export interface Given extends Opening {
  candidates: readonly Omit<NewRow<'workOrderCandidates'>, 'workOrderId' | 'level'>[];
  step: Step;
  set: { assigneeId: string; escalationLevel: number; acceptBy: Date; chainStep: number; chainTimes: number };
}

/** Whose an order is from now on, while it still waits for somebody to accept it. */
export interface Move {
  order: WorkOrderRow;
  step: Omit<Step, 'set'> & {
    set: {
      assigneeId: string | null;
      escalationLevel: number;
      acceptBy: Date;
      chainStep: number;
      chainTimes: number;
    };
  };
}

/** What people say on the phone. */
export const orderNumber = (sequence: number): string => `WO-${String(sequence).padStart(6, '0')}`;

/** The only writer of an order's progress: row, step, event and audit entry go together or not at all; a quiet step is row and event. */
@Injectable()
export class OrderLedger {
  constructor(
    private readonly clocks: OrderClocks,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** @param order the row as locked in this transaction @param from `null` for the step that made it */
  async record(
    transaction: Transaction,
    order: WorkOrderRow,
    step: Step,
    from: WorkOrderState | null = order.state,
  ): Promise<WorkOrderRow> {
    const { db, emit, audit } = transaction;
    const at = new Date(this.clock.now());
    const clock = await this.clocks.step(transaction, order, step);
    const after = await db
      .updateTable('workOrders')
      .set({ ...leftBehind(order, step.to), ...clock, ...step.set, state: step.to, updatedAt: at })
      .where('id', '=', order.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    if (isFinalWorkOrder(step.to) && !isFinalWorkOrder(order.state)) await this.letHelpersGo(db, order.id, at);
    emit(changeEvent(after, step.action, step.tell));
    if (step.quiet) return after;
    await db
      .insertInto('workOrderSteps')
      .values(this.stepRow(order, at, step, from))
      .execute();
    audit(auditOf(after, step, from));
    return after;
  }

  /**
   * One step of each of many orders by which neither its clock nor its helpers change, as {@link record} does it one by one.
   * @param moves orders as locked in this transaction
   */
  async moveAll({ db, emit, audit }: Transaction, moves: readonly Move[]): Promise<void> {
    if (!moves.length) return;
    const at = new Date(this.clock.now());
    const steps: Insertable<Database['workOrderSteps']>[] = [];
    for (const { order, step } of moves) {
      const after = { ...order, ...step.set, state: step.to };
      emit(changeEvent(after, step.action, step.tell));
      if (step.quiet) continue;
      steps.push(this.stepRow(order, at, step, order.state));
      audit(auditOf(after, step, order.state));
    }
    const rows = moves.map(({ order: { id }, step: { to, set } }) => ({
      id,
      state: to,
      assignee_id: set.assigneeId,
      escalation_level: set.escalationLevel,
      accept_by: set.acceptBy,
      chain_step: set.chainStep,
      chain_times: set.chainTimes,
    }));
    await sql`
      update work_orders o set state = x.state, assignee_id = x.assignee_id, escalation_level = x.escalation_level,
        accept_by = x.accept_by, chain_step = x.chain_step, chain_times = x.chain_times, extension = null, updated_at = ${at}
      from jsonb_to_recordset(${json(rows)}::jsonb) as x (id uuid, state text, assignee_id uuid, escalation_level integer,
        accept_by timestamptz, chain_step integer, chain_times integer)
      where o.id = x.id`.execute(db);
    if (steps.length) await db.insertInto('workOrderSteps').values(steps).execute();
  }

  /** The first step of an order. */
  async register(transaction: Transaction, { row, alarm }: Opening): Promise<WorkOrderRow> {
    const { db, emit, audit } = transaction;
    const [clock] = await this.clocks.begin(transaction, [row]);
    const order = await db
      .insertInto('workOrders')
      .values({ ...row, ...clock })
      .returningAll()
      .executeTakeFirstOrThrow();
    const step = registration(alarm);
    await db
      .insertInto('workOrderSteps')
      .values(this.stepRow(order, order.createdAt, step, null))
      .execute();
    emit(changeEvent(order, 'register'));
    audit(auditOf(order, step, null));
    return order;
  }

  /** The first step of an order that no alarm began. @returns `undefined` where one with its key was registered before */
  async registerCase(
    transaction: Transaction,
    row: NewRow<'workOrders'>,
    actor: Actor,
  ): Promise<WorkOrderRow | undefined> {
    const { db, emit, audit } = transaction;
    const [clock] = await this.clocks.begin(transaction, [row]);
    const order = await db
      .insertInto('workOrders')
      .values({ ...row, ...clock })
      .onConflict((conflict) =>
        conflict.columns(['source', 'intakeKey']).where('intakeKey', 'is not', null).doNothing(),
      )
      .returningAll()
      .executeTakeFirst();
    if (!order) return undefined;
    const step: Step = { action: 'register', to: 'registered', actor, data: { source: order.source } };
    await db
      .insertInto('workOrderSteps')
      .values(this.stepRow(order, order.createdAt, step, null))
      .execute();
    emit(changeEvent(order, 'register'));
    audit(auditOf(order, step, null));
    return order;
  }

  /** The first two steps of many orders: registered and given to somebody. */
  async begin(transaction: Transaction, given: readonly Given[]): Promise<void> {
    if (!given.length) return;
    const { db, emit, audit } = transaction;
    const clocks = await this.clocks.begin(
      transaction,
      given.map(({ row }) => row),
    );
    const rows = given.map(({ row, set }, n) => ({ ...row, ...clocks[n], ...set, state: 'dispatched' as const }));
    const orders = await db.insertInto('workOrders').values(rows).returningAll().execute();
    const byId = new Map(orders.map((order) => [order.id, order]));
    const steps: Insertable<Database['workOrderSteps']>[] = [];
    for (const { row, alarm, step } of given) {
      const after = byId.get(row.id)!;
      const before = { ...after, state: 'registered' as const, assigneeId: null };
      emit(changeEvent(before, 'register'));
      audit(auditOf(before, registration(alarm), null));
      emit(changeEvent(after, step.action, step.tell));
      audit(auditOf(after, step, before.state));
      steps.push(this.stepRow(before, after.createdAt, registration(alarm), null));
      steps.push(this.stepRow(after, after.createdAt, step, before.state));
    }
    await db.insertInto('workOrderSteps').values(steps).execute();
    const candidates = given.flatMap((one) =>
      one.candidates.map((candidate) => ({ workOrderId: one.row.id, level: one.set.escalationLevel, ...candidate })),
    );
    await db.insertInto('workOrderCandidates').values(candidates).execute();
    const calls = given.map(({ row, step }) => ({ workOrderId: row.id, personIds: step.tell ?? [] }));
    await keepCalls(db, calls, new Date(this.clock.now()));
  }

  /**
   * Alarms join orders: a step for each alarm that is not part of the story yet, one event and audit entry for each order.
   * @param parties orders as locked in this transaction
   */
  async link(
    { db, emit, audit }: Transaction,
    parties: readonly { order: WorkOrderRow; alarms: readonly Row<'alarms'>[] }[],
  ): Promise<void> {
    const told = await this.toldIn(db, parties);
    const steps: Insertable<Database['workOrderSteps']>[] = [];
    const at = new Date(this.clock.now());
    const changed: string[] = [];
    for (const { order, alarms } of parties) {
      const fresh = alarms.filter(({ id }) => !told.has(`${order.id} ${id}`)).map(linkData);
      if (!fresh.length) continue;
      changed.push(order.id);
      emit(changeEvent(order, 'link-alarm'));
      for (const data of fresh) steps.push(this.stepRow(order, at, linkStep(order, data), order.state));
      for (let start = 0; start < fresh.length; start += alarmsPerRecord) {
        const part = fresh.slice(start, start + alarmsPerRecord);
        audit(auditOf(order, linkStep(order, part.length === 1 ? part[0]! : { alarms: part }), order.state));
      }
    }
    if (!changed.length) return;
    await sql`update work_orders set updated_at = ${at} where id = any(${changed}::uuid[])`.execute(db);
    await db.insertInto('workOrderSteps').values(steps).execute();
  }

  /** With the order ends what others were asked to do for it. */
  private async letHelpersGo(db: Kysely<Database>, workOrderId: string, at: Date): Promise<void> {
    await db
      .updateTable('workOrderAssists')
      .set({ state: 'released', endedAt: at })
      .where('workOrderId', '=', workOrderId)
      .where('state', '=', 'open')
      .execute();
  }

  /** Which alarms are part of which of these orders' stories. */
  private async toldIn(
    db: Kysely<Database>,
    parties: readonly { order: WorkOrderRow; alarms: readonly Row<'alarms'>[] }[],
  ): Promise<Set<string>> {
    const pairs = parties.flatMap(({ order, alarms }) => alarms.map(({ id }) => [order.id, id] as const));
    const { rows } = await sql<{ orderId: string; alarmId: string }>`
      select s.work_order_id as order_id, x.alarm_id
      from unnest(${pairs.map(([id]) => id)}::uuid[], ${pairs.map(([, id]) => id)}::text[]) as x (order_id, alarm_id)
      join work_order_steps s on s.work_order_id = x.order_id and s.data ->> 'alarmId' = x.alarm_id
        and s.action in ('register', 'link-alarm')`.execute(db);
    return new Set(rows.map(({ orderId, alarmId }) => `${orderId} ${alarmId}`));
  }

  private stepRow(
    order: WorkOrderRow,
    at: Date,
    step: Step,
    from: WorkOrderState | null,
  ): Insertable<Database['workOrderSteps']> {
    return {
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
      longitude: step.position?.[0] ?? null,
      latitude: step.position?.[1] ?? null,
      data: json(step.data ?? {}),
      // evaluation says by it for ever whether this step came in time
      dueAt: order.dueAt,
    };
  }
}

/** What does not outlive the state it belongs to, whoever moves the order. */
function leftBehind(order: WorkOrderRow, to: WorkOrderState): Updateable<Database['workOrders']> {
  const working = to === 'accepted' || to === 'in-hand';
  return {
    ...(order.state === 'suspended' && to !== 'suspended' ? { suspendedFrom: null, resumeAt: null } : {}),
    ...(order.extension && !working ? { extension: null } : {}),
  };
}

/** A storm is one record per so many alarms, as where they are raised. */
const alarmsPerRecord = 200;

const registration = (alarm: Row<'alarms'>): Step => ({
  action: 'register',
  to: 'registered',
  actor: dispatchActor,
  data: linkData(alarm),
});

const linkStep = (order: WorkOrderRow, data: Record<string, unknown>): Step => ({
  action: 'link-alarm',
  to: order.state,
  actor: dispatchActor,
  data,
});

/** What an order's story says of an alarm. */
export const linkData = ({ id, deviceId, severity }: Row<'alarms'>) => ({ alarmId: id, deviceId, severity });

const changeEvent = (order: WorkOrderRow, action: WorkOrderAction, tell?: readonly string[]): DomainEvent => ({
  type: 'work-order.changed.v1',
  payload: {
    workOrderId: order.id,
    incidentId: order.incidentId,
    number: orderNumber(order.sequence),
    action,
    state: order.state,
    severity: order.severity,
    areaId: order.areaId,
    assigneeId: order.assigneeId,
    ...(tell?.length ? { tell: [...tell] } : {}),
  },
  areaId: order.areaId,
  subjectId: order.id,
});

const auditOf = (order: WorkOrderRow, step: Step, from: WorkOrderState | null): AuditRecord => ({
  actor: step.actor,
  action: `work-order.${step.action}`,
  subjectType: 'work-order',
  subjectId: order.id,
  change: { from, to: step.to, assigneeId: order.assigneeId, level: order.escalationLevel, ...step.data },
});
