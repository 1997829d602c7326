import { Inject, Injectable } from '@nestjs/common';
import type { ChecklistAnswer, Person, WorkOrderActionRequest } from '@sc/contracts';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { json, type Transaction } from '@sc/platform/database';
import { sql } from 'kysely';
import { missingAnswers, unfitAnswers } from './checklist.js';
import type { Surroundings } from './decide.js';
import type { WorkOrderRow } from './order-ledger.js';
import { refusals } from './refusals.js';
import { refuse, type Refusal } from './step-context.js';

/** What comes with a step as proof: photos of the order, answers of its checklist. */
@Injectable()
export class OrderProof {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** @returns why what was sent cannot be proof of this order */
  async refusal(
    { db }: Transaction,
    order: WorkOrderRow,
    photos: readonly string[],
    { answers = [] }: WorkOrderActionRequest,
  ): Promise<Refusal | undefined> {
    const unfit = unfitAnswers(order.checklist, answers);
    if (unfit.length) return refuse('invalid-request', refusals.unfitAnswers(unfit));
    if (!photos.length) return undefined;
    const rows = await db
      .selectFrom('attachments')
      .select('id')
      .where('workOrderId', '=', order.id)
      .where('id', 'in', photos)
      .execute();
    if (rows.length === photos.length) return undefined;
    return refuse('invalid-request', refusals.attachmentOfAnother);
  }

  /** What a decision of this person about this order may rest on, with these answers. */
  async around(
    { db }: Transaction,
    order: WorkOrderRow,
    person: Pick<Person, 'id'>,
    answers: readonly ChecklistAnswer[] = [],
  ): Promise<Surroundings> {
    const { rows } = await sql<Omit<Surroundings, 'missingAnswers'> & { answered: string[] }>`
      select
        (select count(*)::int from work_order_urges where work_order_id = ${order.id} and answered_at is null
          and (urged_by <> ${person.id} or ${order.assigneeId === person.id})) as open_urges,
        (select count(*)::int from work_order_assists where work_order_id = ${order.id} and state = 'open') as open_assists,
        (select count(*)::int from attachments where work_order_id = ${order.id} and kind = 'before') as before,
        (select count(*)::int from attachments where work_order_id = ${order.id} and kind = 'after') as after,
        array(select key from work_order_answers where work_order_id = ${order.id}) as answered`.execute(db);
    const { answered, ...counted } = rows[0]!;
    const known = new Set([...answered, ...answers.map(({ key }) => key)]);
    return { ...counted, missingAnswers: missingAnswers(order.checklist, known).length };
  }

  /** The later answer replaces the earlier; the step that brought it tells who and when. */
  async keep(
    { db }: Transaction,
    order: WorkOrderRow,
    person: Person,
    answers: readonly ChecklistAnswer[] = [],
  ): Promise<void> {
    if (!answers.length) return;
    const latest = new Map(answers.map((answer) => [answer.key, answer]));
    await db
      .insertInto('workOrderAnswers')
      .values(
        [...latest.values()].map(({ key, value }) => ({
          workOrderId: order.id,
          key,
          value: json(value),
          answeredBy: person.id,
          answeredAt: new Date(this.clock.now()),
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['workOrderId', 'key']).doUpdateSet(({ ref }) => ({
          value: ref('excluded.value'),
          answeredBy: ref('excluded.answeredBy'),
          answeredAt: ref('excluded.answeredAt'),
        })),
      )
      .execute();
  }
}
