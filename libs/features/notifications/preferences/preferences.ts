import { Inject, Injectable } from '@nestjs/common';
import {
  defaultPreferences,
  type NotificationPreferences,
  type OwnNotifications,
  type Person,
  type PersonalChannelKind,
  personalChannelKinds,
} from '@sc/contracts';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database, json, UnitOfWork } from '@sc/platform/database';
import type { Kysely } from 'kysely';
import { personalChannels, readReach } from '../delivery/plan-personal.js';

/** What a person wants to be told by what, and when not. */
@Injectable()
export class Preferences {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async read({ id }: Person): Promise<OwnNotifications> {
    const row = await this.database
      .selectFrom('notificationPreferences')
      .select(['channels', 'quietHours'])
      .where('personId', '=', id)
      .executeTakeFirst();
    const there = new Set((await personalChannels(this.database)).map(({ kind }) => kind));
    const reach = (await readReach(this.database, [id])).get(id) ?? new Set<PersonalChannelKind>();
    return {
      preferences: row ?? defaultPreferences,
      isDefault: !row,
      available: personalChannelKinds
        .filter((kind) => there.has(kind))
        .map((kind) => ({ kind, reachable: reach.has(kind) })),
    };
  }

  async write(person: Person, { channels, quietHours }: NotificationPreferences): Promise<OwnNotifications> {
    const values = {
      channels: json(channels),
      quietHours: quietHours && json(quietHours),
      updatedAt: new Date(this.clock.now()),
    };
    await this.unitOfWork.run(({ db }) =>
      db
        .insertInto('notificationPreferences')
        .values({ personId: person.id, ...values })
        .onConflict((conflict) => conflict.column('personId').doUpdateSet(values))
        .execute(),
    );
    return this.read(person);
  }
}
