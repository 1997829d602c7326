import { Inject, Injectable } from '@nestjs/common';
import { type Delivery, type DeliveryQuery, isUrgent, type Page, type Person } from '@sc/contracts';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database, UnitOfWork } from '@sc/platform/database';
import { decodeCursor, encodeCursor, ProblemError } from '@sc/platform/http';
import { type Kysely, sql } from 'kysely';

/** For as long a replayed message is worth telling. */
const replayForMs = 24 * 3_600_000;

@Injectable()
export class DeliveryLog {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list({ state, channelId, personId, cursor, limit }: DeliveryQuery): Promise<Page<Delivery>> {
    let query = this.database
      .selectFrom('deliveries as d')
      .leftJoin('people as p', 'p.id', 'd.personId')
      .selectAll('d')
      .select('p.name as personName')
      .orderBy('d.createdAt', 'desc')
      .orderBy('d.id', 'desc')
      .limit(limit + 1);
    if (state) query = query.where('d.state', '=', state);
    if (channelId) query = query.where('d.channelId', '=', channelId);
    if (personId) query = query.where('d.personId', '=', personId);
    if (cursor) {
      const [createdAt, id] = decodeCursor(cursor, 2);
      query = query.where(
        sql<boolean>`(d.created_at, d.id::text) < (to_timestamp(${createdAt}::float8 / 1000), ${id})`,
      );
    }
    const rows = await query.execute();
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: shown.map((row) => ({
        id: row.id,
        // the webhook of the settings is told by its address
        channel: { id: row.channelId, kind: row.channel, name: row.channelName ?? row.target },
        person: row.personId && row.personName !== null ? { id: row.personId, name: row.personName } : null,
        state: row.state,
        severity: row.severity,
        title: row.message?.title ?? null,
        attempts: row.attempts,
        lastError: row.lastError,
        createdAt: row.createdAt.toISOString(),
        heldUntil: row.heldUntil?.toISOString() ?? null,
        deliveredAt: row.deliveredAt?.toISOString() ?? null,
      })),
      nextCursor: rows.length > limit && last ? encodeCursor([last.createdAt.getTime(), last.id]) : null,
    };
  }

  /** @throws ProblemError `not-found`, `conflict` (not given up, or its channel is no more) */
  async replay(person: Person, id: string): Promise<void> {
    await this.unitOfWork.run(async ({ db, schedule, audit }) => {
      const row = await db.selectFrom('deliveries').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
      if (!row) throw new ProblemError('not-found', 'no such delivery');
      const isOver = row.state === 'failed' || row.state === 'expired';
      if (!isOver || !row.channelId)
        throw new ProblemError('conflict', 'it is not given up, or its channel is no more');
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
