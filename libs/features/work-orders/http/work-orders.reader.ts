import { Inject, Injectable } from '@nestjs/common';
import type { Attachment, Candidate, Page, Person, WorkOrder, WorkOrderDetail, WorkOrderQuery } from '@sc/contracts';
import { DATABASE, type Database } from '@sc/platform/database';
import { commonRefusals, decodeCursor, encodeCursor, ProblemError } from '@sc/platform/http';
import type { Kysely } from 'kysely';
import { OrderAccess } from '../access.js';
import { toAttachment } from '../attachments.service.js';
import { endedStates } from '../machine.js';
import { caseFactsOf } from './case-facts.js';
import { OrderClockView } from '../order-clock-view.js';
import { orderNumber } from '../order-ledger.js';
import { alarmIdsOf, alarmsByIds, incidentsOf } from './incident-alarms.js';
import { timelineOf } from './timeline.js';
import { narrowed } from './work-order-filter.js';
import { byDeadline, newestFirst } from './work-order-sorting.js';
import { type ListedOrder, namedOrders, toWorkOrder, visibleOrders } from './work-order-rows.js';

/** Read models of orders, as one person may see them. */
@Injectable()
export class WorkOrdersReader {
  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    private readonly access: OrderAccess,
    private readonly clocks: OrderClockView,
  ) {}

  /** Newest first, or the next deadline first. */
  async list(person: Person, wish: WorkOrderQuery): Promise<Page<WorkOrder>> {
    const { state, step, sort, cursor, limit } = wish;
    const order = sort === 'due' ? byDeadline : newestFirst;
    let query = narrowed(order.of(visibleOrders(this.database, person)).limit(limit + 1), person, wish, this.clocks);
    if (step) query = query.where('workOrders.state', '=', step);
    else if (state === 'open') query = query.where('workOrders.state', 'not in', endedStates);
    if (wish.deviceId) query = query.where('workOrders.incidentId', 'in', incidentsOf(this.database, wish.deviceId));
    if (cursor) query = query.where(order.after(decodeCursor(cursor, 2)));
    const rows = await query.execute();
    const viewpoint = await this.access.viewpointOf(person);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const clocks = await this.clocks.of(shown);
    return {
      items: await Promise.all(shown.map((row) => toWorkOrder(row, viewpoint, clocks.get(row.id)))),
      nextCursor: rows.length > limit && last ? encodeCursor(order.keyOf(last)) : null,
    };
  }

  /** @throws ProblemError `not-found`, also for what the person may not see */
  async detail(person: Person, id: string): Promise<WorkOrderDetail> {
    const row = await visibleOrders(this.database, person).where('workOrders.id', '=', id).executeTakeFirst();
    if (!row) throw new ProblemError('not-found', commonRefusals.noWorkOrder);
    return this.told(person, row);
  }

  /**
   * What came of this person's own step. Giving an order back may take it out of their sight: the answer to that step, and to the
   * same step sent again, is the order none the less; a phone would else think that it was refused.
   */
  async afterStep(person: Person, id: string): Promise<WorkOrderDetail> {
    return this.told(
      person,
      await namedOrders(this.database).where('workOrders.id', '=', id).executeTakeFirstOrThrow(),
    );
  }

  private async told(person: Person, row: ListedOrder): Promise<WorkOrderDetail> {
    const { id } = row;
    const alarmIds = row.incidentId ? await alarmIdsOf(this.database, [row.incidentId]) : [];
    return {
      ...(await toWorkOrder(row, await this.access.viewpointOf(person), (await this.clocks.of([row])).get(id))),
      alarms: await alarmsByIds(this.database, alarmIds),
      timeline: await timelineOf(this.database, alarmIds, [id]),
      attachments: await this.attachmentsOf(id),
      candidates: await this.candidatesOf(id),
      description: row.description,
      suspendedFrom: row.suspendedFrom,
      ...(await caseFactsOf(this.database, row)),
      duplicateOf: await this.duplicateOf(row.duplicateOf),
    };
  }

  private async duplicateOf(id: string | null): Promise<WorkOrderDetail['duplicateOf']> {
    if (!id) return null;
    const { sequence } = await this.database
      .selectFrom('workOrders')
      .select('sequence')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return { id, number: orderNumber(sequence) };
  }

  private async attachmentsOf(workOrderId: string): Promise<Attachment[]> {
    const rows = await this.database
      .selectFrom('attachments')
      .leftJoin('people', 'people.id', 'attachments.uploadedBy')
      .selectAll('attachments')
      .select('people.name as uploaderName')
      .where('workOrderId', '=', workOrderId)
      .orderBy('uploadedAt')
      .orderBy('attachments.id')
      .execute();
    return rows.map(({ uploaderName, ...row }) => toAttachment(row, uploaderName));
  }

  /** Of the latest time somebody was chosen, in the order of the comparisons: the chosen one first. */
  private async candidatesOf(workOrderId: string): Promise<Candidate[]> {
    const rows = await this.database
      .selectFrom('workOrderCandidates as c')
      .innerJoin('people', 'people.id', 'c.personId')
      .select(['c.personId', 'people.name as personName', 'c.openOrders', 'c.chosen', 'c.reason'])
      .select(['c.level', 'c.at', 'c.facts', 'c.place'])
      .where('c.workOrderId', '=', workOrderId)
      .where('c.level', '=', ({ selectFrom }) =>
        selectFrom('workOrderCandidates')
          .select(({ fn }) => fn.max('level').as('level'))
          .where('workOrderId', '=', workOrderId),
      )
      .orderBy('c.chosen', 'desc')
      .orderBy('c.place')
      .orderBy('c.openOrders')
      .orderBy('c.personId')
      .execute();
    return rows.map(({ place: _, at, ...row }) => ({
      ...row,
      at: at?.toISOString() ?? null,
      reason: row.reason as Candidate['reason'],
    }));
  }
}
