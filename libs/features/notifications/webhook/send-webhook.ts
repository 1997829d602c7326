import { type BeforeApplicationShutdown, Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { type NotificationChannel, WebhookChannel } from '@sc/platform/channels';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { SETTINGS, type Settings } from '@sc/platform/config';
import { DATABASE, type Database, UnitOfWork } from '@sc/platform/database';
import { Outbound } from '@sc/platform/egress';
import { type Job, JobClaims, JobHandler, TryLaterJobError, UnrecoverableJobError } from '@sc/platform/jobs';
import type { Kysely } from 'kysely';
import { eventMessage } from '../messages/event-message.js';
import { readEvent } from '../read-event.js';

type WebhookSettings = Pick<Settings, 'WEBHOOK_URL' | 'WEBHOOK_SECRET' | 'PUBLIC_URL'>;
const channel = 'webhook';

/**
 * Tells the one program of the settings; others are channels of the site. The effect is outside PostgreSQL, so it happens at least once:
 * a repeat carries the same `webhook-id`. Refused for good → dead letter at once; away or failing → tried again by the queue, then dead letter.
 */
@Controller()
export class SendWebhook implements BeforeApplicationShutdown {
  private webhook?: NotificationChannel;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly claims: JobClaims,
    @Inject(SETTINGS) private readonly settings: WebhookSettings,
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  @JobHandler('send-webhook')
  async handle(@Payload() job: Job<'send-webhook'>): Promise<void> {
    const { WEBHOOK_URL: url, WEBHOOK_SECRET: secret, PUBLIC_URL: source } = this.settings;
    if (!url || !secret) return this.claims.finish(job);
    const { eventId } = job.payload;
    const target = addressOf(url);
    if (await this.isDelivered(target, eventId)) return this.claims.finish(job);
    const event = await readEvent(this.database, eventId);
    this.webhook ??= this.open(url, secret);
    const outcome = await this.webhook.deliver(eventMessage(event, source), { to: 'group', locale: 'en' });
    await this.log(target, eventId, outcome.outcome === 'delivered' ? null : outcome.reason);
    if (outcome.outcome === 'refused') throw new UnrecoverableJobError(`the webhook refused: ${outcome.reason}`);
    if (outcome.outcome === 'later')
      throw new TryLaterJobError(`the webhook did not take it: ${outcome.reason}`, outcome.afterMs);
    await this.claims.finish(job);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.webhook?.close();
  }

  /** Whoever sets the environment of the process may send it anywhere: its host needs no list. */
  private open(url: string, signingKey: string): NotificationChannel {
    const address = new URL(url);
    address.username = address.password = '';
    const host = `${address.hostname}:${address.port || (address.protocol === 'https:' ? '443' : '80')}`;
    const outbound = new Outbound(new Set([host]), this.clock, { trusted: true });
    return new WebhookChannel({ url: address.href, signingKey }, outbound, this.clock);
  }

  private async isDelivered(target: string, eventId: string): Promise<boolean> {
    const row = await this.database
      .selectFrom('deliveries')
      .select('state')
      .where('channel', '=', channel)
      .where('target', '=', target)
      .where('eventId', '=', eventId)
      .executeTakeFirst();
    return row?.state === 'delivered';
  }

  private async log(target: string, eventId: string, lastError: string | null): Promise<void> {
    const now = new Date(this.clock.now());
    const outcome = {
      state: lastError === null ? ('delivered' as const) : ('failed' as const),
      lastError,
      deliveredAt: lastError === null ? now : null,
    };
    await this.unitOfWork.run(async ({ db }) => {
      await db
        .insertInto('deliveries')
        .values({ id: this.ids.next(), channel, target, eventId, attempts: 1, createdAt: now, ...outcome })
        .onConflict((conflict) =>
          conflict
            .columns(['channel', 'target', 'eventId'])
            .doUpdateSet((eb) => ({ ...outcome, attempts: eb('deliveries.attempts', '+', 1) })),
        )
        .execute();
    });
  }
}

/** Without user, password and query: those may be secrets, and this is shown in the delivery log. */
function addressOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
