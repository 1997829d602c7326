import { Inject, Injectable } from '@nestjs/common';
import { type Delivery, type DeliveryQuery, isUrgent, type Page, type Person } from '@sc/contracts';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database, UnitOfWork } from '@sc/platform/database';
import { encodeCursor, ProblemError } from '@sc/platform/http';
import { type Kysely, sql } from 'kysely';
import { inAppChannelId } from '../inbox/inbox.js';
import { refusals } from '../refusals.js';
import { readInApp, readOutside } from './delivery-rows.js';

/** For as long a replayed message is worth telling. */
const replayForMs = 24 * 3_600_000;

@Injectable()
export class DeliveryLog {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What was told in the app stands in its own table, and here beside all else. */
  async list(query: DeliveryQuery): Promise<Page<Delivery>> {
    const { limit, channelId, state } = query;
    const inApp = channelId ? channelId === inAppChannelId : true;
    const outside = channelId !== inAppChannelId;
    const found = [
      ...(outside ? await readOutside(this.database, query) : []),
      ...(inApp && (state ?? 'delivered') === 'delivered' ? await readInApp(this.database, query) : []),
    ].toSorted((a, b) => b.at - a.at || (a.delivery.id < b.delivery.id ? 1 : -1));
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: shown.map(({ delivery }) => delivery),
      nextCursor: found.length > limit && last ? encodeCursor([last.at, last.delivery.id]) : null,
    };
  }

  /** @throws ProblemError `not-found`, `conflict` (not given up, or its channel is no more) */
  async replay(person: Person, id: string): Promise<void> {
    await this.unitOfWork.run(async ({ db, schedule, audit }) => {
      const row = await db.selectFrom('deliveries').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
      if (!row) throw new ProblemError('not-found', refusals.noDelivery);
      const isOver = row.state === 'failed' || row.state === 'expired';
      if (!isOver || !row.channelId) throw new ProblemError('conflict', refusals.notGivenUp);
      const now = this.clock.now();
      const again = { state: 'pending' as const, expiresAt: new Date(now + replayForMs) };
      await db.updateTable('deliveries').set(again).where('id', '=', id).execute();
      // the dead letter, if there is one, is this one's: it is tried once, not twice
      await db
        .updateTable('jobs')
        .set({ state: 'cancelled', finishedAt: new Date(now), replayedAt: new Date(now) })
        .where('name', '=', 'send-message')
        .where('state', '=', 'dead')
        .where(sql<boolean>`payload ->> 'deliveryId' = ${id}`)
        .execute();
      schedule({
        name: 'send-message',
        subject: `${id}:${now}`,
        payload: { deliveryId: id },
        urgent: isUrgent(row.severity),
      });
      const actor = { kind: 'person', id: person.id } as const;
      audit({
        actor,
        action: 'delivery.replayed',
        subjectType: 'delivery',
        subjectId: id,
        change: { channel: row.channel },
      });
    });
  }
}
