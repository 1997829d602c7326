import { Inject, Injectable } from '@nestjs/common';
import { type ChannelTest, type Person, reachesGroup, type TestChannel } from '@sc/contracts';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { SETTINGS, type Settings } from '@sc/platform/config';
import { DATABASE, type Database, type Row, UnitOfWork } from '@sc/platform/database';
import { ProblemError } from '@sc/platform/http';
import type { Kysely } from 'kysely';
import { deliverTo } from '../delivery/deliver.js';
import { destinationsOf, type Stop } from '../delivery/destinations.js';
import { testBody, testTitle } from '../messages/texts.js';
import { refusals } from '../refusals.js';
import { ChannelRegistry } from './channel-registry.js';

/** A provider bills each SMS; nobody needs more of them to see whether it works. */
const pauseMs = 5_000;

/** The test button: one message through the real adapter, at once, with its outcome. */
@Injectable()
export class ChannelTester {
  private readonly lastAt = new Map<string, number>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly registry: ChannelRegistry,
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'PUBLIC_URL'>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** @throws ProblemError `not-found`, `conflict` (nobody to tell, or secrets that cannot be opened), `too-many-attempts` */
  async test(person: Person, channelId: string, { address }: TestChannel): Promise<ChannelTest> {
    const row = await this.database.selectFrom('channels').selectAll().where('id', '=', channelId).executeTakeFirst();
    if (!row) throw new ProblemError('not-found', refusals.noChannel);
    const stops = await this.stopsOf(row, person, address);
    if (!stops.length) throw new ProblemError('conflict', refusals.noAddress);
    this.assertPause(channelId);
    const began = performance.now();
    const outcome = await this.send(row, stops);
    const result: ChannelTest = {
      outcome: outcome.outcome,
      reason: outcome.outcome === 'delivered' ? null : outcome.reason,
      tookMs: Math.round(performance.now() - began),
    };
    await this.unitOfWork.run(async ({ audit }) => {
      const actor = { kind: 'person', id: person.id } as const;
      const change = { outcome: result.outcome, reason: result.reason };
      audit({ actor, action: 'channel.tested', subjectType: 'channel', subjectId: channelId, change });
    });
    return result;
  }

  private async send(row: Row<'channels'>, stops: readonly Stop[]) {
    const { PUBLIC_URL } = this.settings;
    const id = this.ids.next();
    const message = { key: id, kind: 'test', severity: 'minor' as const, title: testTitle, body: testBody, path: '/' };
    try {
      const channel = await this.registry.channelOf(row);
      const expiresAt = this.clock.now() + 600_000;
      const told = { ...message, link: PUBLIC_URL ?? null, expiresAt };
      const { outcome, gone } = await deliverTo(channel, told, stops, []);
      if (gone.length)
        await this.unitOfWork.run(({ db }) => db.deleteFrom('pushSubscriptions').where('id', 'in', gone).execute());
      return outcome;
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'sealed-with-another-key') throw error;
      return { outcome: 'refused' as const, reason: 'sealed-with-another-key' };
    }
  }

  private async stopsOf({ kind }: Row<'channels'>, person: Person, address: string | undefined): Promise<Stop[]> {
    if (address && !reachesGroup(kind) && kind !== 'web-push' && kind !== 'in-app')
      return [{ destination: { to: 'person', locale: person.locale, address } }];
    return destinationsOf(this.database, kind, person.id);
  }

  private assertPause(channelId: string): void {
    const now = this.clock.now();
    const waitMs = (this.lastAt.get(channelId) ?? -Infinity) + pauseMs - now;
    if (waitMs > 0)
      throw new ProblemError('too-many-attempts', refusals.testedJustNow, undefined, Math.ceil(waitMs / 1000));
    if (this.lastAt.size > 1_000) this.lastAt.clear();
    this.lastAt.set(channelId, now);
  }
}
