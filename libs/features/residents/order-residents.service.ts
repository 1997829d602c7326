import { Inject, Injectable } from '@nestjs/common';
import type { OrderResidents, Person, SeenResidents, TellResidents } from '@sc/contracts';
import { OrderAccess } from '@sc/features/work-orders';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { DATABASE, type Database, type Row, type Transaction, UnitOfWork } from '@sc/platform/database';
import { commonRefusals, ProblemError } from '@sc/platform/http';
import { SecretBox } from '@sc/platform/secrets';
import { type Kysely, sql } from 'kysely';
import { OrderResidentsReader } from './order-residents.reader.js';
import { refusals } from './refusals.js';
import { phonePurpose } from './reports.service.js';
import { tellOrderChanged } from './tell-order-changed.js';

type Change = Parameters<Transaction['audit']>[0]['action'];
/** In public, and each is read by everybody who follows. */
const mostMessages = 200;

/** What staff tell the residents of a case, and look at. Each is in the audit trail. @throws ProblemError */
@Injectable()
export class OrderResidentsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly access: OrderAccess,
    private readonly reader: OrderResidentsReader,
    private readonly secrets: SecretBox,
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  async read(person: Person, orderId: string): Promise<OrderResidents> {
    await this.visible(person, orderId);
    return this.reader.read(orderId, person.id);
  }

  /** What was said up to this moment the person had on the screen. No change of the case: nobody else sees it. */
  async see(person: Person, orderId: string, { until }: SeenResidents): Promise<OrderResidents> {
    await this.visible(person, orderId);
    const seenUntil = new Date(Math.min(Date.parse(until), this.clock.now()));
    await this.database
      .insertInto('residentReads')
      .values({ personId: person.id, workOrderId: orderId, seenUntil })
      .onConflict((conflict) =>
        conflict
          .columns(['personId', 'workOrderId'])
          .doUpdateSet({ seenUntil: sql`greatest(resident_reads.seen_until, excluded.seen_until)` }),
      )
      .execute();
    return this.reader.read(orderId, person.id);
  }

  /** A question to, or words for everybody who follows the case. The same `requestId` again is the same message. */
  async tell(person: Person, orderId: string, { requestId, kind, words }: TellResidents): Promise<OrderResidents> {
    await this.unitOfWork.run(async (transaction) => {
      const { db } = transaction;
      const order = await this.visible(person, orderId, db);
      const said = await db
        .selectFrom('residentMessages')
        .select(['requestId', 'personId'])
        .where('workOrderId', '=', orderId)
        .where('personId', 'is not', null)
        .execute();
      if (said.some((one) => one.requestId === requestId && one.personId === person.id)) return;
      if (said.length >= mostMessages) throw new ProblemError('beyond-limit', refusals.tooManyMessages(mostMessages));
      const at = new Date(this.clock.now());
      const id = this.ids.next();
      await db
        .insertInto('residentMessages')
        .values({ id, workOrderId: orderId, personId: person.id, kind, words, at, requestId })
        .execute();
      tellOrderChanged(transaction, order);
      note(transaction, person, orderId, kind === 'question' ? 'resident-case.asked' : 'resident-case.answered', {
        messageId: id,
      });
    });
    return this.reader.read(orderId, person.id);
  }

  /** A photo of the order is shown to residents, or no longer. */
  async publish(person: Person, orderId: string, attachmentId: string, isPublic: boolean): Promise<OrderResidents> {
    await this.unitOfWork.run(async (transaction) => {
      const { db } = transaction;
      const order = await this.visible(person, orderId, db);
      const photo = await db
        .updateTable('attachments')
        .set({ publicAt: isPublic ? new Date(this.clock.now()) : null })
        .where('id', '=', attachmentId)
        .where('workOrderId', '=', orderId)
        .where('kind', '<>', 'voice')
        .where('expiredAt', 'is', null)
        .returning('id')
        .executeTakeFirst();
      if (!photo) throw new ProblemError('not-found', refusals.noPhotoOfOrder);
      tellOrderChanged(transaction, order);
      const action = isPublic ? 'resident-case.photo-shown' : 'resident-case.photo-hidden';
      note(transaction, person, orderId, action, { attachmentId });
    });
    return this.reader.read(orderId, person.id);
  }

  /** The number that a resident left to be called. That somebody looked is in the audit trail, the number is not. */
  async phone(person: Person, orderId: string, linkId: string): Promise<string> {
    return this.unitOfWork.run(async (transaction) => {
      await this.visible(person, orderId, transaction.db);
      const row = await transaction.db
        .selectFrom('residentPhones as p')
        .innerJoin('residentLinks as l', 'l.id', 'p.linkId')
        .select('p.sealed')
        .where('l.id', '=', linkId)
        .where('l.workOrderId', '=', orderId)
        .executeTakeFirst();
      if (!row) throw new ProblemError('not-found', refusals.noPhone);
      note(transaction, person, orderId, 'resident-case.phone-read', { linkId });
      return String(await this.secrets.open(phonePurpose(linkId), row.sealed));
    });
  }

  private async visible(
    person: Person,
    orderId: string,
    db: Kysely<Database> = this.database,
  ): Promise<Row<'workOrders'>> {
    const order = await db.selectFrom('workOrders').selectAll().where('id', '=', orderId).executeTakeFirst();
    const viewpoint = await this.access.viewpointOf(person, db);
    if (!order || !(await viewpoint.maySee(order))) throw new ProblemError('not-found', commonRefusals.noWorkOrder);
    return order;
  }
}

/** Words of people are not kept in the trail: they expire, the trail does not. */
function note(
  { audit }: Transaction,
  person: Person,
  orderId: string,
  action: Change,
  change: Record<string, unknown>,
): void {
  audit({
    actor: { kind: 'person', id: person.id },
    action,
    subjectType: 'work-order',
    subjectId: orderId,
    change,
  });
}
