import { Inject, Injectable } from '@nestjs/common';
import { type ChannelKind, isUrgent, type Severity, type StoredMessage } from '@sc/contracts';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { json, type NewRow, type Transaction } from '@sc/platform/database';

export interface NewDelivery {
  channel: { id: string; kind: ChannelKind; name: string };
  /** None: the channel's group. */
  personId: string | null;
  eventId: string;
  severity: Severity;
  message: StoredMessage;
}

/** Who has not looked by then looks into the app. */
const keptForMs = 24 * 3_600_000;
/** PostgreSQL takes at most 65,535 parameters in a statement. */
const rowsPerStatement = 1_000;

/** Writes what is to be told, once per (person, event, channel), together with the jobs that tell it. */
@Injectable()
export class DeliveryWriter {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  async write({ db, schedule }: Transaction, deliveries: readonly NewDelivery[]): Promise<void> {
    const now = this.clock.now();
    for (let start = 0; start < deliveries.length; start += rowsPerStatement) {
      const rows = deliveries.slice(start, start + rowsPerStatement).map((one) => this.rowOf(one, now));
      const written = await db
        .insertInto('deliveries')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing())
        .returning(['id', 'severity'])
        .execute();
      for (const { id, severity } of written)
        schedule({ name: 'send-message', subject: id, payload: { deliveryId: id }, urgent: isUrgent(severity) });
    }
  }

  private rowOf({ channel, personId, eventId, severity, message }: NewDelivery, now: number): NewRow<'deliveries'> {
    return {
      id: this.ids.next(),
      channel: channel.kind,
      channelId: channel.id,
      channelName: channel.name,
      target: `${channel.id}/${personId ?? 'group'}`,
      personId,
      eventId,
      severity,
      message: json(message),
      state: 'pending',
      createdAt: new Date(now),
      expiresAt: new Date(now + keptForMs),
    };
  }
}
