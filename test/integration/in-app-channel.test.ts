import { randomUUID } from 'node:crypto';
import { systemIds } from '@sc/platform/clock';
import { openDatabase, UnitOfWork } from '@sc/platform/database';
import { sql } from 'kysely';
import { inboxIn } from '../../libs/features/notifications/inbox/inbox.js';
import { channelConformance } from '../../libs/platform/channels/channel.conformance.js';
import { InAppChannel } from '../../libs/platform/channels/in-app/in-app-channel.js';
import { FakeClock } from '../../libs/platform/clock/fake-clock.js';
import { aPerson, seedAreas } from '../support/builders.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let database: TestDatabase;
const clock = new FakeClock();

beforeAll(async () => {
  database = await createTestDatabase();
  await seedAreas(database.db);
}, 60_000);
afterAll(() => database.drop(), 60_000);

/** The adapter before the real tables; its connections do not wait for a lock. */
async function start() {
  const { db } = database;
  const own = openDatabase({ url: `${database.url}?options=-c%20lock_timeout%3D50`, maxConnections: 2 });
  const unitOfWork = new UnitOfWork(own, clock, systemIds);
  const personId = await aPerson(db);
  const channel = new InAppChannel({
    put: (entries) => unitOfWork.run((transaction) => inboxIn(transaction, clock, systemIds).put(entries)),
  });
  let release = (): void => undefined;
  let held: Promise<unknown> = Promise.resolve();
  const activate = (active: boolean) => db.updateTable('people').set({ active }).where('id', '=', personId).execute();
  const free = async () => {
    release();
    await held;
    await activate(true);
  };
  const hold = () =>
    new Promise<void>((locked) => {
      held = db.transaction().execute(async (transaction) => {
        await sql`lock table notifications in access exclusive mode`.execute(transaction);
        locked();
        await new Promise<void>((resolve) => {
          release = resolve;
        });
      });
    });
  return {
    channel,
    personId,
    inbox: () => db.selectFrom('notifications').selectAll().where('personId', '=', personId).orderBy('id').execute(),
    behave: async (how: 'well' | 'busy' | 'refusing') => {
      await free();
      if (how === 'busy') await hold();
      if (how === 'refusing') await activate(false);
    },
    away: () => own.destroy(),
    stop: async () => {
      await free();
      await own.destroy();
    },
  };
}

channelConformance('the app', async () => {
  const { channel, personId, inbox, behave, away, stop } = await start();
  return {
    channel,
    destination: { to: 'account', personId },
    wrong: { to: 'group', locale: 'en' },
    // the app keeps both languages, and shows the one it is set to
    told: async () => (await inbox()).map(({ message, eventId }) => ({ text: JSON.stringify(message), key: eventId })),
    knowsRepeats: true,
    behave,
    away,
    secrets: [],
    stop,
  };
});

it('writes what is told in one breath by one statement, tells the stream of each, and of a repeat nobody', async () => {
  const { db } = database;
  const unitOfWork = new UnitOfWork(db, clock, systemIds);
  const [ann, bob, gone] = [await aPerson(db), await aPerson(db), await aPerson(db)];
  await db.updateTable('people').set({ active: false }).where('id', '=', gone).execute();
  const message = (key: string) => ({
    key,
    kind: 'test',
    severity: 'minor' as const,
    title: { 'zh-CN': '甲', en: 'A' },
    body: { 'zh-CN': '乙', en: 'B' },
    link: null,
    path: null,
    expiresAt: 0,
  });
  const key = randomUUID();
  let statements = 0;
  const tell = () =>
    unitOfWork.run((transaction) => {
      const inbox = inboxIn(transaction, clock, systemIds);
      const app = new InAppChannel({ put: (entries) => ((statements += 1), inbox.put(entries)) });
      return Promise.all([ann, bob, gone].map((personId) => app.deliver(message(key), { to: 'account', personId })));
    });
  const outcomes = [{ outcome: 'delivered' }, { outcome: 'delivered' }, { outcome: 'refused', reason: 'no-account' }];
  expect([await tell(), await tell()]).toEqual([outcomes, outcomes]);
  expect(statements).toBe(2);
  const events = await db.selectFrom('outbox').selectAll().where('type', '=', 'notification.created.v1').execute();
  const ours = events.filter(({ personId }) => personId === ann || personId === bob);
  expect(ours.map(({ personId }) => personId).toSorted()).toEqual([ann, bob].toSorted());
});
