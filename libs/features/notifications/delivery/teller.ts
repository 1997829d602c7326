import { Inject, Injectable } from '@nestjs/common';
import { InAppChannel } from '@sc/platform/channels';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import type { Transaction } from '@sc/platform/database';
import { inboxIn } from '../inbox/inbox.js';
import { toldQuietly } from './attention.js';
import { DeliveryWriter } from './delivery-writer.js';
import type { Notice } from './notice.js';
import { planPersonal } from './plan-personal.js';

/** Messages that one statement carries: a storm calls fifty people to each of hundreds of orders. */
const atOnce = 5_000;

/**
 * The one way in which a person is told: in the app at once, in the transaction of what happened, and by jobs of their own through
 * the channels the person chose. The app is the record: nobody switches it off, and what it does not take (no account) goes nowhere.
 */
@Injectable()
export class Teller {
  constructor(
    private readonly deliveries: DeliveryWriter,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  async tell(transaction: Transaction, notices: readonly Notice[]): Promise<void> {
    for (let start = 0; start < notices.length; start += atOnce)
      await this.tellSome(transaction, notices.slice(start, start + atOnce));
  }

  private async tellSome(transaction: Transaction, notices: readonly Notice[]): Promise<void> {
    const quiet = await toldQuietly(transaction.db, notices, this.clock.now());
    let failure: unknown;
    const inbox = inboxIn(transaction, this.clock, this.ids);
    const app = new InAppChannel({
      put: (entries) =>
        inbox.put(entries).catch((error: unknown) => {
          failure = error;
          throw error;
        }),
    });
    const outcomes = await Promise.all(
      notices.map((notice) =>
        app.deliver(inApp(notice, quiet.has(notice)), { to: 'account', personId: notice.personId }),
      ),
    );
    // A statement that failed takes its transaction with it: that must not look like one that was committed.
    if (failure !== undefined) throw failure as Error;
    const told = notices.filter((_, n) => outcomes[n]!.outcome === 'delivered');
    await this.deliveries.write(transaction, await planPersonal(transaction.db, told));
  }
}

const inApp = ({ eventId, kind, severity, about, message }: Notice, quiet: boolean) => ({
  key: eventId,
  kind,
  severity,
  title: message.title,
  body: message.body,
  path: message.path,
  link: null,
  expiresAt: Number.MAX_SAFE_INTEGER,
  about,
  quiet,
});
