import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import type { ChannelSecrets, ChannelSettings } from '@sc/contracts';
import { type Inbox, type NotificationChannel, openChannel } from '@sc/platform/channels';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { SETTINGS, type Settings } from '@sc/platform/config';
import { type Row, UnitOfWork } from '@sc/platform/database';
import { SecretBox } from '@sc/platform/secrets';
import { inboxIn } from '../inbox/inbox.js';
import { Vapid } from './vapid.js';

type ChannelRow = Pick<Row<'channels'>, 'id' | 'kind' | 'settings' | 'sealed' | 'updatedAt'>;

export const purposeOf = (channelId: string): string => `channel:${channelId}`;

/** Open channels: one adapter for each row, with its connections and tokens, until the row changes. */
@Injectable()
export class ChannelRegistry implements BeforeApplicationShutdown {
  private readonly open = new Map<string, { version: number; channel: Promise<NotificationChannel> }>();

  constructor(
    private readonly box: SecretBox,
    private readonly vapid: Vapid,
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'NOTIFY_HOSTS'>,
  ) {}

  /** @throws SealedWithAnotherKeyError */
  async channelOf(row: ChannelRow): Promise<NotificationChannel> {
    const version = row.updatedAt.getTime();
    const known = this.open.get(row.id);
    if (known?.version === version) return known.channel;
    const channel = this.make(row);
    this.open.set(row.id, { version, channel });
    channel.catch(() => this.open.delete(row.id));
    // messages under way finish by their own limit, then fail and come again
    if (known) void known.channel.then((old) => old.close()).catch(() => undefined);
    return channel;
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.allSettled([...this.open.values()].map(async ({ channel }) => (await channel).close()));
    this.open.clear();
  }

  /** For who tells nothing else in the same transaction: the test button. */
  private readonly inbox: Inbox = {
    put: (entries) => this.unitOfWork.run((transaction) => inboxIn(transaction, this.clock, this.ids).put(entries)),
  };

  private async make({ id, kind, settings, sealed }: ChannelRow): Promise<NotificationChannel> {
    const secrets = sealed ? ((await this.box.open(purposeOf(id), sealed)) as ChannelSecrets) : {};
    const surroundings = { settings: this.settings, clock: this.clock, inbox: this.inbox };
    if (kind !== 'web-push') return openChannel(kind, settings as ChannelSettings, secrets, surroundings);
    const vapid = await this.vapid.keys((settings as ChannelSettings<'web-push'>).contact);
    return openChannel(kind, settings as ChannelSettings, secrets, { ...surroundings, vapid });
  }
}
