import { type BeforeApplicationShutdown, Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { SETTINGS, type Settings } from '@sc/platform/config';
import { DATABASE, type Database, UnitOfWork } from '@sc/platform/database';
import { type Job, JobClaims, JobHandler } from '@sc/platform/jobs';
import type { Kysely } from 'kysely';
import { readEvent } from '../read-event.js';
import { toCloudEvent } from './cloud-event.js';
import { WebhookClient } from './webhook.client.js';

type WebhookSettings = Pick<Settings, 'WEBHOOK_URL' | 'WEBHOOK_SECRET' | 'PUBLIC_URL'>;
const channel = 'webhook';

/**
 * Tells another program. The effect is outside PostgreSQL, so it happens at least once: a repeat carries the same
 * `webhook-id`. Refused for good → dead letter at once; away or failing → tried again by the queue, then dead letter.
 */
@Controller()
export class SendWebhook implements BeforeApplicationShutdown {
  private client?: WebhookClient;

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
    const body = JSON.stringify(toCloudEvent(event, source ?? '/smart-community'));
    this.client ??= new WebhookClient({ url, secret });
    try {
      await this.client.send(event.id, Math.floor(this.clock.now() / 1000), body);
    } catch (error) {
      await this.log(target, eventId, error instanceof Error ? error.message : String(error));
      throw error;
    }
    await this.log(target, eventId, null);
    await this.claims.finish(job);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.client?.close();
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
