import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import type { ChannelMessage, Outcome } from '@sc/platform/channels';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { SETTINGS, type Settings } from '@sc/platform/config';
import { DATABASE, type Database, type Row, UnitOfWork } from '@sc/platform/database';
import {
  isLastAttempt,
  type Job,
  JobClaims,
  JobHandler,
  TryLaterJobError,
  UnrecoverableJobError,
} from '@sc/platform/jobs';
import type { Kysely } from 'kysely';
import { ChannelRegistry } from '../channels/channel-registry.js';
import { eventMessage } from '../messages/event-message.js';
import { readEvents } from '../read-event.js';
import { deliverTo, type Round } from './deliver.js';
import { destinationsOf } from './destinations.js';
import { Gate } from './gate.js';

type Delivery = Row<'deliveries'>;
type Ready = { delivery: Delivery; channel: Row<'channels'> };

/**
 * Tells one message by one channel. The effect is outside PostgreSQL, so it happens at least once: a repeat carries the same key.
 * Refused for good → dead letter at once; later → tried again by the queue, no sooner than the other side asks, then dead letter.
 */
@Controller()
export class SendMessage {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly claims: JobClaims,
    private readonly registry: ChannelRegistry,
    private readonly gate: Gate,
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'PUBLIC_URL'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @JobHandler('send-message')
  async handle(@Payload() job: Job<'send-message'>): Promise<void> {
    const ready = await this.prepare(job);
    if (!ready) return;
    const round = await this.tell(ready);
    await this.record(job, ready, round);
    const { outcome } = round;
    if (outcome.outcome === 'refused')
      throw new UnrecoverableJobError(`${ready.channel.kind} refused: ${outcome.reason}`);
    if (outcome.outcome === 'later')
      throw new TryLaterJobError(`${ready.channel.kind}: ${outcome.reason}`, outcome.afterMs);
  }

  /** Undefined when there is nothing to send: the job is done then, in the same commit. */
  private async prepare(job: Job<'send-message'>): Promise<Ready | undefined> {
    return this.unitOfWork.run(async (transaction) => {
      const { db } = transaction;
      const { deliveryId } = job.payload;
      const delivery = await db
        .selectFrom('deliveries')
        .selectAll()
        .where('id', '=', deliveryId)
        .forUpdate()
        .executeTakeFirst();
      const isOpen = delivery && ['pending', 'held', 'failed'].includes(delivery.state);
      const end = (change?: Partial<Pick<Delivery, 'state' | 'lastError'>>) => this.end(transaction, job, change);
      if (!isOpen || !delivery.channelId) return end();
      if (delivery.state === 'failed') delivery.state = 'pending';
      if (delivery.expiresAt && delivery.expiresAt.getTime() <= this.clock.now()) return end({ state: 'expired' });
      const channel = await db
        .selectFrom('channels')
        .selectAll()
        .where('id', '=', delivery.channelId)
        .executeTakeFirst();
      if (!channel?.enabled) return end({ state: 'failed', lastError: 'channel-off' });
      if (!(await this.gate.letThrough(transaction, delivery))) return end();
      return { delivery, channel };
    });
  }

  private async end(
    transaction: Parameters<JobClaims['claim']>[0],
    job: Job<'send-message'>,
    change?: Partial<Pick<Delivery, 'state' | 'lastError'>>,
  ): Promise<undefined> {
    if (change)
      await transaction.db.updateTable('deliveries').set(change).where('id', '=', job.payload.deliveryId).execute();
    await this.claims.claim(transaction, job);
  }

  private async tell({ delivery, channel }: Ready): Promise<Round> {
    const nothing = { reached: delivery.reached, gone: [] };
    const message = await this.messageOf(delivery);
    if (!message) return { ...nothing, outcome: { outcome: 'refused', reason: 'event-gone' } };
    const stops = await destinationsOf(this.database, channel.kind, delivery.personId);
    try {
      return await deliverTo(await this.registry.channelOf(channel), message, stops, delivery.reached);
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'sealed-with-another-key') throw error;
      return { ...nothing, outcome: { outcome: 'refused', reason: 'sealed-with-another-key' } };
    }
  }

  private async messageOf({
    id,
    channel,
    eventId,
    severity,
    message,
    expiresAt,
    revision,
  }: Delivery): Promise<ChannelMessage | undefined> {
    const { PUBLIC_URL } = this.settings;
    if (channel === 'webhook') {
      const [event] = await readEvents(this.database, [eventId]);
      return event && eventMessage(event, PUBLIC_URL);
    }
    if (!message) return undefined;
    const { kind, title, body, path } = message;
    const link = PUBLIC_URL && path ? PUBLIC_URL.replace(/\/+$/, '') + path : null;
    // a summary that is told anew is news, in the place of what it was
    const key = revision > 1 ? `${id.slice(0, -4)}${String(revision % 10_000).padStart(4, '0')}` : id;
    return {
      key,
      topic: id,
      kind,
      severity,
      title,
      body,
      path,
      link,
      expiresAt: expiresAt?.getTime() ?? this.clock.now(),
    };
  }

  private async record(
    job: Job<'send-message'>,
    { delivery }: Ready,
    { outcome, reached, gone }: Round,
  ): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      const { db } = transaction;
      const changed = await db
        .updateTable('deliveries')
        .set(({ eb }) => ({ ...this.after(job, outcome), reached, attempts: eb('attempts', '+', 1) }))
        .where('id', '=', delivery.id)
        // a summary that grew meanwhile has to be told again
        .where('revision', '=', delivery.revision)
        .executeTakeFirst();
      if (gone.length) await db.deleteFrom('pushSubscriptions').where('id', 'in', gone).execute();
      if (outcome.outcome === 'delivered' || !changed.numUpdatedRows) await this.claims.claim(transaction, job);
    });
  }

  private after(
    job: Job<'send-message'>,
    outcome: Outcome,
  ): Partial<Pick<Delivery, 'state' | 'lastError' | 'deliveredAt'>> {
    if (outcome.outcome === 'delivered')
      return { state: 'delivered', lastError: null, deliveredAt: new Date(this.clock.now()) };
    const isOver = outcome.outcome === 'refused' || isLastAttempt(job);
    return { state: isOver ? 'failed' : 'pending', lastError: outcome.reason };
  }
}
