import { Inject, Injectable } from '@nestjs/common';
import { isUrgent, reachesGroup } from '@sc/contracts';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { json, type Row, type Transaction } from '@sc/platform/database';
import { sql } from 'kysely';
import { fill, summaryBody, summaryTitle } from '../messages/texts.js';
import { quietUntil } from '../preferences/quiet-hours.js';
import { decideRelease, foldWindowMs, summaryDelayMs } from './release.js';

type Delivery = Row<'deliveries'>;

/** Between what is to be told and the channels: holds back in quiet hours, folds a flood, lets danger through. */
@Injectable()
export class Gate {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** In the transaction that holds the row. @returns whether it may be sent now; otherwise its row says what became of it */
  async letThrough(transaction: Transaction, delivery: Delivery): Promise<boolean> {
    const { db } = transaction;
    // Programs read everything, and nobody is woken by them.
    if (delivery.releasedAt || delivery.channel === 'webhook') return true;
    const now = this.clock.now();
    const isSummary = delivery.message?.kind === 'summary';
    const danger = isUrgent(delivery.severity);
    if (!danger) await this.takeTurn(transaction, delivery);
    const release = decideRelease({
      danger,
      isSummary,
      quietUntil: danger ? undefined : await this.quietUntil(transaction, delivery, now),
      releasedLately: danger || isSummary ? 0 : await this.releasedLately(transaction, delivery, now),
    });
    if (release.step === 'fold') await this.fold(transaction, delivery, now);
    if (release.step === 'hold') await this.hold(transaction, delivery, release.until);
    if (release.step !== 'send') return false;
    await db
      .updateTable('deliveries')
      .set({ releasedAt: new Date(now), heldUntil: null })
      .where('id', '=', delivery.id)
      .execute();
    return true;
  }

  /** Two messages to one person by one channel are counted one after the other. */
  private async takeTurn({ db }: Transaction, { channelId, personId }: Delivery): Promise<void> {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`${channelId}/${personId}`}, 7))`.execute(db);
  }

  private async quietUntil(
    { db }: Transaction,
    { channel, personId }: Delivery,
    now: number,
  ): Promise<number | undefined> {
    if (!personId || reachesGroup(channel)) return undefined;
    const row = await db
      .selectFrom('notificationPreferences')
      .select('quietHours')
      .where('personId', '=', personId)
      .executeTakeFirst();
    return quietUntil(now, row?.quietHours ?? null);
  }

  private async releasedLately({ db }: Transaction, { channelId, personId }: Delivery, now: number): Promise<number> {
    const { count } = await db
      .selectFrom('deliveries')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('channelId', '=', channelId)
      .where(samePerson(personId))
      .where('releasedAt', '>', new Date(now - foldWindowMs))
      .where('severity', 'not in', ['extreme', 'severe'])
      .where(sql<boolean>`message ->> 'kind' is distinct from 'summary'`)
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  private async hold(
    { db, schedule }: Transaction,
    { id, severity, expiresAt }: Delivery,
    until: number,
  ): Promise<void> {
    const heldUntil = new Date(until);
    // what waits for the morning must not have expired by then
    const latest = new Date(Math.max(expiresAt?.getTime() ?? 0, until + foldWindowMs));
    await db
      .updateTable('deliveries')
      .set({ state: 'held', heldUntil, expiresAt: latest })
      .where('id', '=', id)
      .execute();
    const subject = `${id}:${until}`;
    schedule({ name: 'send-message', subject, payload: { deliveryId: id }, dueAt: until, urgent: isUrgent(severity) });
  }

  /** Puts it into the summary that waits; into one just told where the channel replaces what it showed; else into a new one. */
  private async fold(transaction: Transaction, delivery: Delivery, now: number): Promise<void> {
    const { db, schedule } = transaction;
    const summary = await this.openSummary(transaction, delivery, now);
    const id = summary?.id ?? this.ids.next();
    await db.updateTable('deliveries').set({ state: 'folded', foldedInto: id }).where('id', '=', delivery.id).execute();
    const count = (summary?.message?.count ?? 0) + 1;
    const message = json({
      kind: 'summary',
      title: fill(summaryTitle, { count: String(count) }),
      body: summaryBody,
      path: '/',
      count,
    });
    const expiresAt = new Date(now + 24 * 3_600_000);
    if (summary?.state === 'pending' || summary?.state === 'held') {
      await db.updateTable('deliveries').set({ message }).where('id', '=', id).execute();
      return;
    }
    const revision = (summary?.revision ?? 0) + 1;
    const dueAt = Math.max(now, summary?.deliveredAt?.getTime() ?? 0) + summaryDelayMs;
    if (summary) {
      const again = { message, revision, state: 'pending' as const, reached: [], expiresAt };
      await db.updateTable('deliveries').set(again).where('id', '=', id).execute();
    } else {
      const { channel, channelId, channelName, personId } = delivery;
      const target = `${channelId}/${personId ?? 'group'}`;
      const values = {
        id,
        channel,
        channelId,
        channelName,
        personId,
        target,
        eventId: id,
        severity: 'unknown' as const,
      };
      const facts = { message, revision, state: 'pending' as const, createdAt: new Date(now), expiresAt };
      await db
        .insertInto('deliveries')
        .values({ ...values, ...facts })
        .execute();
    }
    schedule({ name: 'send-message', subject: `${id}:${revision}`, payload: { deliveryId: id }, dueAt });
  }

  /** A message that cannot be taken back is told once: what comes after it belongs to the next. */
  private async openSummary({ db }: Transaction, { channel, channelId, personId }: Delivery, now: number) {
    const replaces = channel === 'web-push';
    return db
      .selectFrom('deliveries')
      .select(['id', 'state', 'message', 'revision', 'deliveredAt'])
      .where('channelId', '=', channelId)
      .where(samePerson(personId))
      .where(sql<boolean>`message ->> 'kind' = 'summary'`)
      .where(({ or, and, eb }) =>
        or([
          eb('state', 'in', ['pending', 'held']),
          ...(replaces
            ? [and([eb('state', '=', 'delivered'), eb('deliveredAt', '>', new Date(now - foldWindowMs))])]
            : []),
        ]),
      )
      .orderBy('createdAt', 'desc')
      .executeTakeFirst();
  }
}

const samePerson = (personId: string | null) => sql<boolean>`person_id is not distinct from ${personId}::uuid`;
