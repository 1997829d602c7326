import { Inject, Injectable } from '@nestjs/common';
import { mostResidentPhotos, reopenDays, type ResidentCase } from '@sc/contracts';
import { Directory } from '@sc/features/directory';
import { isOpen, orderNumber } from '@sc/features/work-orders';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { SETTINGS, type Settings } from '@sc/platform/config';
import { DATABASE, type Database, type Row } from '@sc/platform/database';
import type { Kysely } from 'kysely';
import { dayMs, keptDays } from './kept-days.js';
import type { Followed } from './links.js';
import { Places } from './places.js';
import { reopened } from './reopened.js';
import { residentHistory, residentStepOf } from './steps.js';

/** A case as its private link shows it. */
@Injectable()
export class CaseReader {
  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    private readonly directory: Directory,
    private readonly places: Places,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async read(followed: Followed): Promise<ResidentCase> {
    const { link, order } = followed;
    const { title } = order;
    const own = link.kind === 'report';
    const sent = await this.sent(link.id);
    const kept = keptDays(this.settings);
    const rating = await this.rating(followed);
    return {
      number: orderNumber(order.sequence),
      title,
      place: await this.places.names(await this.directory.areaPath(order.areaId)),
      // Where exactly is the words of whoever reported it.
      placement: own && link.words !== null && link.words === order.description ? order.placement : null,
      words: link.words,
      kind: link.kind,
      folded: own && isAnothers(followed),
      step: residentStepOf(order.state),
      history: await this.history(order.id),
      expected: this.expected(order),
      messages: await this.messages(followed),
      photos: await this.photos(followed.orderIds),
      sent,
      may: {
        reply: isOpen(order.state),
        attach: own && isOpen(order.state) && (sent.photos < mostResidentPhotos || sent.voices < 1),
        judge: this.mayJudge(order),
        rate: order.state === 'closed' || order.state === 'evaluated',
      },
      rating,
      continues: await this.continues(order.id),
      reopenUntil: this.reopenUntil(order),
      phone: (await this.phone(link.id)) !== undefined,
      phoneUntil: after(order.closedAt, kept.phoneDays),
      linkUntil: after(order.closedAt, kept.linkDays),
      kept,
    };
  }

  /** Said to be done, or closed not long ago. */
  mayJudge(order: Row<'workOrders'>): boolean {
    if (order.state === 'reported' || order.state === 'verified') return true;
    const until = this.reopenUntil(order);
    return until !== null && Date.parse(until) > this.clock.now();
  }

  private reopenUntil({ state, closedAt }: Row<'workOrders'>): string | null {
    return state === 'closed' || state === 'evaluated' ? after(closedAt, reopenDays) : null;
  }

  private expected({ clock, dueAt, state }: Row<'workOrders'>): ResidentCase['expected'] {
    if (!clock || !dueAt || !isOpen(state) || state === 'suspended') return null;
    return { step: clock.now.step, at: dueAt.toISOString(), late: dueAt.getTime() < this.clock.now() };
  }

  private async history(workOrderId: string): Promise<ResidentCase['history']> {
    const rows = await this.database
      .selectFrom('workOrderSteps')
      .select(['toState', 'at'])
      .where('workOrderId', '=', workOrderId)
      .orderBy('at')
      .orderBy('id')
      .limit(1000)
      .execute();
    return residentHistory(rows);
  }

  /** What staff say to all who follow, and what this resident said. */
  private async messages({ link, orderIds }: Followed): Promise<ResidentCase['messages']> {
    const rows = await this.database
      .selectFrom('residentMessages')
      .select(['id', 'kind', 'words', 'at'])
      .where(({ or, and, eb }) =>
        or([eb('linkId', '=', link.id), and([eb('linkId', 'is', null), eb('workOrderId', 'in', orderIds)])]),
      )
      .orderBy('at')
      .orderBy('id')
      .limit(200)
      .execute();
    return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
  }

  private async photos(orderIds: readonly string[]): Promise<ResidentCase['photos']> {
    return this.database
      .selectFrom('attachments')
      .select(['id', 'kind'])
      .where('workOrderId', 'in', [...orderIds])
      .where('publicAt', 'is not', null)
      .where('expiredAt', 'is', null)
      .where('kind', '<>', 'voice')
      .orderBy('uploadedAt')
      .orderBy('id')
      .execute();
  }

  private async sent(linkId: string): Promise<ResidentCase['sent']> {
    const rows = await this.database
      .selectFrom('attachments')
      .select('kind')
      .where('residentLinkId', '=', linkId)
      .execute();
    const voices = rows.filter(({ kind }) => kind === 'voice').length;
    return { photos: rows.length - voices, voices };
  }

  private async rating({ link, order }: Followed): Promise<ResidentCase['rating']> {
    const row = await this.database
      .selectFrom('residentRatings')
      .select(['score', 'words'])
      .where('linkId', '=', link.id)
      .where('workOrderId', '=', order.id)
      .executeTakeFirst();
    return row ?? null;
  }

  private async continues(orderId: string): Promise<string | null> {
    const row = await this.database
      .selectFrom('residentReopenings as r')
      .innerJoin('workOrders as o', 'o.id', 'r.workOrderId')
      .select('o.sequence')
      .where('r.nextId', '=', orderId)
      .executeTakeFirst();
    return row ? orderNumber(row.sequence) : null;
  }

  private phone(linkId: string) {
    return this.database.selectFrom('residentPhones').select('linkId').where('linkId', '=', linkId).executeTakeFirst();
  }
}

/** The report did not open this case, nor did one that goes on from it. */
const isAnothers = ({ link, order }: Followed): boolean =>
  order.intakeKey !== link.tokenHash?.toString('hex') && !order.intakeKey?.startsWith(reopened);

const after = (closedAt: Date | null, days: number): string | null =>
  closedAt && new Date(closedAt.getTime() + days * dayMs).toISOString();
