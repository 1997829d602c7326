import { Inject, Injectable, Module } from '@nestjs/common';
import type { Notification, Text } from '@sc/contracts';
import { IDS, type Ids } from '@sc/platform/clock';
import type { Transaction } from '@sc/platform/database';
import { DeliveryWriter } from './delivery/delivery-writer.js';
import { Teller } from './delivery/teller.js';
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
    private readonly teller: Teller,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  async tell(transaction: Transaction, { kind, personIds, roundId, title }: RoundNotice): Promise<void> {
    const severity = kind === 'round-missed' ? 'moderate' : 'minor';
    const message = { kind, title: orderTitles[kind], body: title, path: `/rounds/${roundId}` };
    const told = { eventId: this.ids.next(), kind, severity, about: { workOrderId: null, roundId }, message } as const;
    await this.teller.tell(
      transaction,
      [...new Set(personIds)].map((personId) => ({ personId, ...told })),
    );
  }
}

/** For whoever tells of rounds. Needs the database. */
@Module({ providers: [DeliveryWriter, Teller, RoundNotices], exports: [RoundNotices] })
export class RoundNoticesModule {}
