import { Inject, Injectable, Module } from '@nestjs/common';
import type { Notification, Text } from '@sc/contracts';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import type { Transaction } from '@sc/platform/database';
import { DeliveryWriter } from './delivery/delivery-writer.js';
import { planMessages } from './delivery/plan-personal.js';
import { orderTitles } from './messages/texts.js';

export interface RoundNotice {
  kind: Extract<Notification['kind'], `round-${string}`>;
  personIds: readonly string[];
  roundId: string;
  title: Text;
}

/** Tells people of rounds, in the transaction that changes them: whoever changes a state once tells it once. */
@Injectable()
export class RoundNotices {
  constructor(
    private readonly deliveries: DeliveryWriter,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  async tell(transaction: Transaction, { kind, personIds, roundId, title }: RoundNotice): Promise<void> {
    const { db, emit } = transaction;
    const eventId = this.ids.next();
    const people = [...new Set(personIds)];
    if (!people.length) return;
    const createdAt = new Date(this.clock.now());
    const told = people.map((personId) => ({ id: this.ids.next(), personId, kind, roundId, eventId, createdAt }));
    await db.insertInto('notifications').values(told).execute();
    for (const { id, personId } of told)
      emit({
        type: 'notification.created.v1',
        payload: { notificationId: id, personId, workOrderId: null },
        areaId: null,
        subjectId: id,
        personId,
      });
    const message = { kind, title: orderTitles[kind], body: title, path: `/rounds/${roundId}` };
    const severity = kind === 'round-missed' ? 'moderate' : 'minor';
    const outside = people.map((personId) => ({ personId, eventId, severity }) as const);
    await this.deliveries.write(transaction, await planMessages(db, outside, async () => () => message));
  }
}

/** For whoever tells of rounds. Needs the database. */
@Module({ providers: [DeliveryWriter, RoundNotices], exports: [RoundNotices] })
export class RoundNoticesModule {}
