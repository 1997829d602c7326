import { Inject, Injectable } from '@nestjs/common';
import {
  badRating,
  type ProblemCode,
  type ResidentMessageKind,
  type ResidentRating,
  type ResidentReply,
  type ResidentSign,
  type ResidentVerdict,
  type Text,
} from '@sc/contracts';
import { CaseIntake, isOpen, UnknownKindOfWork } from '@sc/features/work-orders';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { type Row, type Transaction, UnitOfWork } from '@sc/platform/database';
import { commonRefusals } from '@sc/platform/http';
import { CaseReader } from './case.reader.js';
import { type Followed, ResidentLinks } from './links.js';
import { refusals } from './refusals.js';
import { reopened } from './reopened.js';
import { tellOrderChanged } from './tell-order-changed.js';

export type Said = { ok: true } | { ok: false; code: ProblemCode; reason: Text };
const refuse = (code: ProblemCode, reason: Text): Said => ({ ok: false, code, reason });
const noCase = refuse('not-found', refusals.noCase);

/** Enough to answer whatever is asked; not a place to chat, nor one to fill a disk. */
const mostMessages = 20;

/** What a resident says of a case by the private link. */
@Injectable()
export class ResidentWords {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly links: ResidentLinks,
    private readonly reader: CaseReader,
    private readonly intake: CaseIntake,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  reply(token: string, { requestId, words }: ResidentReply): Promise<Said> {
    return this.with(token, async (transaction, followed) => {
      if (!isOpen(followed.order.state)) return refuse('action-not-allowed', commonRefusals.caseOver);
      return this.say(transaction, followed, { requestId, words, kind: 'reply', sign: 'replied' });
    });
  }

  /**
   * Whether it is solved. Before the case is closed staff read it and decide; a closed one goes on as another case, to which this link leads
   * from now on.
   */
  judge(token: string, { requestId, solved, words }: ResidentVerdict): Promise<Said> {
    return this.with(token, async (transaction, followed) => {
      if (await this.hasSaid(transaction, followed, requestId)) return { ok: true };
      if (!this.reader.mayJudge(followed.order)) return refuse('action-not-allowed', refusals.notYetOrTooLate);
      const kind = solved ? 'solved' : 'not-solved';
      const again = !solved && !isOpen(followed.order.state);
      const known = again ? await this.known(transaction, followed) : undefined;
      // Whoever handled it hears once that it goes on, however many say so.
      const sign = solved || known ? undefined : again ? 'reopened' : 'not-solved';
      const said = await this.say(transaction, followed, { requestId, words: words || null, kind, sign });
      return said.ok && again ? this.reopen(transaction, followed, known, words) : said;
    });
  }

  rate(token: string, { score, words }: ResidentRating): Promise<Said> {
    return this.with(token, async (transaction, { link, order }) => {
      if (order.state !== 'closed' && order.state !== 'evaluated')
        return refuse('action-not-allowed', refusals.notClosed);
      const at = new Date(this.clock.now());
      const before = await this.rated(transaction, link.id, order.id);
      await transaction.db
        .insertInto('residentRatings')
        .values({ linkId: link.id, workOrderId: order.id, score, words, at })
        .onConflict((conflict) => conflict.columns(['linkId', 'workOrderId']).doUpdateSet({ score, words, at }))
        .execute();
      // One that was bad already is no news.
      const isNews = score <= badRating && (before === undefined || before > badRating);
      tellOrderChanged(transaction, order, isNews ? 'rated-badly' : undefined);
      return { ok: true };
    });
  }

  forgetPhone(token: string): Promise<Said> {
    return this.with(token, async ({ db }, { link }) => {
      await db.deleteFrom('residentPhones').where('linkId', '=', link.id).execute();
      return { ok: true };
    });
  }

  private async with(
    token: string,
    work: (transaction: Transaction, followed: Followed) => Promise<Said>,
  ): Promise<Said> {
    try {
      return await this.unitOfWork.run(async (transaction) => {
        const { db } = transaction;
        const found = await this.links.byToken(token, db);
        if (!found) return noCase;
        // As it is now: whoever moves it, or reopens it too, waits or was first.
        const order = await db
          .selectFrom('workOrders')
          .selectAll()
          .where('id', '=', found.order.id)
          .forUpdate()
          .executeTakeFirstOrThrow();
        return work(transaction, { ...found, order });
      });
    } catch (error) {
      if (!(error instanceof UnknownKindOfWork)) throw error;
      return refuse('action-not-allowed', refusals.noLongerReported);
    }
  }

  private async say(
    transaction: Transaction,
    { link, order }: Followed,
    {
      requestId,
      words,
      kind,
      sign,
    }: { requestId: string; words: string | null; kind: ResidentMessageKind; sign: ResidentSign | undefined },
  ): Promise<Said> {
    const { db } = transaction;
    const said = await db.selectFrom('residentMessages').select('requestId').where('linkId', '=', link.id).execute();
    if (said.some((message) => message.requestId === requestId)) return { ok: true };
    if (said.length >= mostMessages) return refuse('beyond-limit', refusals.tooManyMessages(mostMessages));
    await db
      .insertInto('residentMessages')
      .values({
        id: this.ids.next(),
        workOrderId: order.id,
        linkId: link.id,
        kind,
        words,
        at: new Date(this.clock.now()),
        requestId,
      })
      .execute();
    tellOrderChanged(transaction, order, sign);
    return { ok: true };
  }

  private async rated({ db }: Transaction, linkId: string, orderId: string): Promise<number | undefined> {
    const found = await db
      .selectFrom('residentRatings')
      .select('score')
      .where('linkId', '=', linkId)
      .where('workOrderId', '=', orderId)
      .executeTakeFirst();
    return found?.score;
  }

  private async hasSaid({ db }: Transaction, { link }: Followed, requestId: string): Promise<boolean> {
    const found = await db
      .selectFrom('residentMessages')
      .select('id')
      .where('linkId', '=', link.id)
      .where('requestId', '=', requestId)
      .executeTakeFirst();
    return found !== undefined;
  }

  /** The case that this one goes on as. */
  private async known({ db }: Transaction, { order }: Followed): Promise<string | undefined> {
    const found = await db
      .selectFrom('residentReopenings')
      .select('nextId')
      .where('workOrderId', '=', order.id)
      .executeTakeFirst();
    return found?.nextId;
  }

  /** Whoever else says the same of the same case joins the one that goes on. */
  private async reopen(
    transaction: Transaction,
    { link, order }: Followed,
    known: string | undefined,
    words?: string,
  ): Promise<Said> {
    const { db } = transaction;
    const nextId = known ?? (await this.next(transaction, order, words)).id;
    if (!known)
      await db
        .insertInto('residentReopenings')
        .values({ workOrderId: order.id, nextId, linkId: link.id, at: new Date(this.clock.now()) })
        .execute();
    await db.updateTable('residentLinks').set({ workOrderId: nextId }).where('id', '=', link.id).execute();
    return { ok: true };
  }

  private next(transaction: Transaction, order: Row<'workOrders'>, words?: string): Promise<Row<'workOrders'>> {
    const { longitude, latitude, placement } = order;
    const description = words || order.description;
    return this.intake.open(transaction, {
      source: 'resident',
      category: order.category,
      areaId: order.areaId,
      ...(longitude === null || latitude === null ? {} : { longitude, latitude }),
      ...(placement === null ? {} : { placement }),
      ...(description === null ? {} : { description }),
      key: `${reopened}${order.id}`,
    });
  }
}
