import { Inject, Injectable } from '@nestjs/common';
import type { OrderResidents } from '@sc/contracts';
import { orderNumber } from '@sc/features/work-orders';
import { SETTINGS } from '@sc/platform/config';
import { DATABASE, type Database } from '@sc/platform/database';
import type { Kysely } from 'kysely';
import type { KeptSettings } from './kept-days.js';

/** What residents have to do with an order, for staff who may see it. */
@Injectable()
export class OrderResidentsReader {
  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(SETTINGS) private readonly settings: KeptSettings,
  ) {}

  /** @param personId for whom some of it is new */
  async read(workOrderId: string, personId: string): Promise<OrderResidents> {
    const seen = await this.seen(workOrderId, personId);
    return {
      links: await this.links(workOrderId, seen),
      messages: await this.messages(workOrderId, seen),
      publicPhotos: await this.publicPhotos(workOrderId),
      continues: await this.neighbour('nextId', workOrderId),
      continuedBy: await this.neighbour('workOrderId', workOrderId),
      phoneDays: this.settings.RESIDENT_PHONE_DAYS,
    };
  }

  /** What residents say of one case is written one after the other (its row is held): a moment says what was seen. */
  private async seen(workOrderId: string, personId: string): Promise<Date> {
    const row = await this.database
      .selectFrom('residentReads')
      .select('seenUntil')
      .where('personId', '=', personId)
      .where('workOrderId', '=', workOrderId)
      .executeTakeFirst();
    return row?.seenUntil ?? new Date(0);
  }

  /** Also of whom the case was reopened by: they follow the one that goes on, and rated this one. */
  private async links(workOrderId: string, seen: Date): Promise<OrderResidents['links']> {
    const rows = await this.database
      .selectFrom('residentLinks as l')
      .leftJoin('residentPhones as p', 'p.linkId', 'l.id')
      .leftJoin('residentRatings as r', (join) =>
        join.onRef('r.linkId', '=', 'l.id').on('r.workOrderId', '=', workOrderId),
      )
      .select([
        'l.id',
        'l.kind',
        'l.words',
        'l.createdAt',
        'p.linkId',
        'r.score',
        'r.words as rated',
        'r.at as ratedAt',
      ])
      .where(({ or, eb }) => or([eb('l.workOrderId', '=', workOrderId), eb('r.score', 'is not', null)]))
      .orderBy('l.createdAt')
      .orderBy('l.id')
      .limit(500)
      .execute();
    return rows.map(({ id, kind, words, createdAt, linkId, score, rated, ratedAt }) => ({
      id,
      kind,
      words,
      at: createdAt.toISOString(),
      phone: linkId !== null,
      rating: score === null ? null : { score, words: rated, at: ratedAt!.toISOString(), unread: ratedAt! > seen },
    }));
  }

  private async messages(workOrderId: string, seen: Date): Promise<OrderResidents['messages']> {
    const rows = await this.database
      .selectFrom('residentMessages as m')
      .leftJoin('people', 'people.id', 'm.personId')
      .select(['m.id', 'm.kind', 'm.words', 'm.at', 'm.linkId', 'people.name as by'])
      .where('m.workOrderId', '=', workOrderId)
      .orderBy('m.at')
      .orderBy('m.id')
      .limit(1000)
      .execute();
    return rows.map(({ at, ...row }) => ({
      ...row,
      at: at.toISOString(),
      unread: row.linkId !== null && at > seen,
    }));
  }

  private async publicPhotos(workOrderId: string): Promise<string[]> {
    const rows = await this.database
      .selectFrom('attachments')
      .select('id')
      .where('workOrderId', '=', workOrderId)
      .where('publicAt', 'is not', null)
      .execute();
    return rows.map(({ id }) => id);
  }

  private async neighbour(by: 'nextId' | 'workOrderId', id: string): Promise<OrderResidents['continues']> {
    const row = await this.database
      .selectFrom('residentReopenings as r')
      .innerJoin('workOrders as o', 'o.id', by === 'nextId' ? 'r.workOrderId' : 'r.nextId')
      .select(['o.id', 'o.sequence'])
      .where(`r.${by}`, '=', id)
      .executeTakeFirst();
    return row ? { id: row.id, number: orderNumber(row.sequence) } : null;
  }
}
