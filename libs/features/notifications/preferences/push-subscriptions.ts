import { Inject, Injectable } from '@nestjs/common';
import type { OwnPushSubscription, Person, PushSubscriptionRequest } from '@sc/contracts';
import { hostsOf } from '@sc/platform/channels';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { SETTINGS, type Settings } from '@sc/platform/config';
import { UnitOfWork } from '@sc/platform/database';
import { judgeAddress } from '@sc/platform/egress';
import { ProblemError } from '@sc/platform/http';
import { refusals } from '../refusals.js';

/** A phone, a desk, a tablet at home; more is somebody trying something. */
const mostBrowsers = 10;

/** Browsers that asked to be told. */
@Injectable()
export class PushSubscriptions {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'NOTIFY_HOSTS'>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** @throws ProblemError `invalid-request` for an address that is no push service's, `conflict` when the person has too many */
  async add(
    person: Person,
    sessionHash: Buffer,
    { endpoint, keys }: PushSubscriptionRequest,
  ): Promise<OwnPushSubscription> {
    const verdict = judgeAddress(endpoint, hostsOf('web-push', this.settings));
    if (!verdict.ok) {
      const reason = refusals.noPushService(verdict.reason);
      throw new ProblemError('invalid-request', reason, [{ path: 'endpoint', message: reason }]);
    }
    const at = new Date(this.clock.now());
    return this.unitOfWork.run(async ({ db }) => {
      const others = await db
        .selectFrom('pushSubscriptions')
        .select('id')
        .where('personId', '=', person.id)
        .where('endpoint', '!=', endpoint)
        .execute();
      if (others.length >= mostBrowsers) throw new ProblemError('conflict', refusals.tooManyBrowsers(mostBrowsers));
      const owner = { personId: person.id, sessionHash, ...keys, confirmedAt: at };
      const row = await db
        .insertInto('pushSubscriptions')
        .values({ id: this.ids.next(), endpoint, createdAt: at, ...owner })
        .onConflict((conflict) => conflict.column('endpoint').doUpdateSet(owner))
        .returning(['id', 'createdAt'])
        .executeTakeFirstOrThrow();
      return { id: row.id, service: verdict.url.hostname, createdAt: row.createdAt.toISOString() };
    });
  }

  /** Removing what is not there, or another's, changes nothing. */
  async remove(person: Person, endpoint: string): Promise<void> {
    await this.unitOfWork.run(({ db }) =>
      db.deleteFrom('pushSubscriptions').where('endpoint', '=', endpoint).where('personId', '=', person.id).execute(),
    );
  }
}
