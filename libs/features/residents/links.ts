import { Inject, Injectable } from '@nestjs/common';
import { DATABASE, type Database, type Row } from '@sc/platform/database';
import type { Kysely } from 'kysely';
import { hashOfToken } from './codes.js';

type Db = Kysely<Database>;
export interface Followed {
  link: Row<'residentLinks'>;
  /** Where the matter is now. */
  order: Row<'workOrders'>;
  /** With the orders that were merged into it. */
  orderIds: string[];
}

/** Merged orders point on; so many in a row nobody makes. */
const mostMerges = 20;

/** What a private link leads to. */
@Injectable()
export class ResidentLinks {
  constructor(@Inject(DATABASE) private readonly database: Db) {}

  /** `undefined`: there is none, or its time is over. */
  async byToken(token: string, db: Db = this.database): Promise<Followed | undefined> {
    const link = await db
      .selectFrom('residentLinks')
      .selectAll()
      .where('tokenHash', '=', hashOfToken(token))
      .executeTakeFirst();
    if (!link) return undefined;
    const orderIds: string[] = [];
    for (let id: string | null = link.workOrderId, n = 0; ; n += 1) {
      const order: Row<'workOrders'> = await db
        .selectFrom('workOrders')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      orderIds.push(order.id);
      if (!order.duplicateOf || n >= mostMerges) return { link, order, orderIds };
      id = order.duplicateOf;
    }
  }
}
