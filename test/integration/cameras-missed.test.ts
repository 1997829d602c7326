import type { MqttClient } from 'mqtt';
import { BridgeReconciler } from '@sc/features/cameras';
import { InMemoryTimeSeries } from '../../libs/platform/time-series/in-memory-time-series.js';
import { seedAreas } from '../support/builders.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { aBridge, aCamera, aReview, FakeFrigate, type Review } from '../support/frigate.js';
import { type SensingRig, startSensing } from '../support/sensing.js';
import { waitUntil } from '../support/wait.js';

let database: TestDatabase;
let rig: SensingRig;
let frigate: FakeFrigate;
let timeSeries: InMemoryTimeSeries;

const start = async (hosts = frigate.host) => {
  rig = await startSensing(database, timeSeries, { environment: { CAMERA_HOSTS: hosts } });
};
beforeEach(async () => {
  database = await createTestDatabase();
  await seedAreas(database.db);
  frigate = await new FakeFrigate().start();
  timeSeries = new InMemoryTimeSeries();
  await aBridge(database.db, { baseUrl: frigate.url });
  await aCamera(database.db);
});
afterEach(async () => {
  await rig.stop();
  await frigate.stop();
  await database.drop();
});

const secondsAgo = (seconds: number) => Math.round(Date.now() / 1000) - seconds + 0.25;
const ended = (from: number, to: number, change: Partial<Review> = {}) =>
  aReview(secondsAgo(from), { end_time: secondsAgo(to), severity: 'alert', ...change });
const alarms = () =>
  database.db.selectFrom('alarms').selectAll().where('ruleId', '=', 'camera-review').orderBy('raisedAt').execute();
const reviewedUntil = async () =>
  (await database.db.selectFrom('bridges').select('reviewedUntil').executeTakeFirstOrThrow()).reviewedUntil;
const askedOnce = () => waitUntil(async () => (await reviewedUntil()) !== null);
/** As if the last asking was long ago. */
const askAgain = async () => {
  await database.db.updateTable('bridges').set({ reviewedUntil: null }).execute();
  const reconciler = rig.app.get(BridgeReconciler, { strict: false });
  (reconciler as unknown as { askedAt: Map<string, number> }).askedAt.clear();
  await reconciler.look();
  await askedOnce();
};
const say = (client: MqttClient, type: string, before: Review, after: Review) =>
  client.publishAsync('frigate/reviews', JSON.stringify({ type, before, after }), { qos: 1 });

describe('what was missed', () => {
  it('becomes alarms that were raised and ended at their times, when we start', async () => {
    const long = ended(7200, 7000);
    const short = ended(600, 590, { severity: 'detection' });
    const lasting = aReview(secondsAgo(30));
    frigate.reviews = [long, short, lasting, ended(500, 400, { camera: 'not-ours' })];
    await start();
    await askedOnce();
    expect(
      (await alarms()).map((a) => [
        a.subject,
        a.conditionActive,
        a.severity,
        a.raisedAt.getTime(),
        a.clearedAt?.getTime(),
      ]),
    ).toEqual([
      [long.id, false, 'severe', long.start_time * 1000, long.end_time! * 1000],
      [short.id, false, 'minor', short.start_time * 1000, short.end_time! * 1000],
      [lasting.id, true, 'minor', expect.any(Number), undefined],
    ]);
    expect(frigate.asked.every((path) => path.includes('cameras=front_cam'))).toBe(true);
    const before = await database.db.selectFrom('deviceEvents').selectAll().execute();
    await askAgain();
    expect(await database.db.selectFrom('deviceEvents').selectAll().execute()).toEqual(before);
    expect((await alarms()).map(({ occurrences }) => occurrences)).toEqual([1, 1, 1]);
    // a camera that is only told of by its recorder's memory is not there
    expect(await database.db.selectFrom('devices').select('connection').execute()).toEqual([
      { connection: 'never-seen' },
    ]);
  });

  it('rises and ends what stands open, though its update and its end were lost, and a second start lies between', async () => {
    const began = aReview(secondsAgo(60));
    const rose = { ...began, severity: 'alert' };
    const other = aReview(secondsAgo(300), { id: 'other' });
    await start();
    await askedOnce();
    let nvr = await rig.device('c1/nvr');
    await say(nvr, 'new', began, began);
    await say(nvr, 'new', other, other);
    await say(nvr, 'update', other, { ...other, severity: 'alert' });
    // lost: the update and the end of one, the end of the other, which lies before what was told of it last
    await rig.stop();
    await database.db.updateTable('bridges').set({ reviewedUntil: null }).execute();
    frigate.reviews = [
      { ...rose, end_time: secondsAgo(20) },
      { ...other, severity: 'alert', end_time: secondsAgo(200) },
    ];
    await start();
    await askedOnce();
    expect(
      (await alarms()).map(({ subject, severity, conditionActive }) => [subject, severity, conditionActive]),
    ).toEqual([
      ['other', 'severe', false],
      [began.id, 'severe', false],
    ]);
    nvr = await rig.device('c1/nvr');
    await say(nvr, 'end', rose, { ...rose, end_time: secondsAgo(20) });
    expect((await alarms()).map(({ conditionActive, occurrences }) => [conditionActive, occurrences])).toEqual([
      [false, 1],
      [false, 1],
    ]);
  });

  it('is asked for when the bridge comes back, and a review that Frigate forgot is over', async () => {
    await start();
    await askedOnce();
    const nvr = await rig.device('c1/nvr');
    const forgotten = aReview(secondsAgo(100));
    await say(nvr, 'new', forgotten, forgotten);
    expect(await alarms()).toMatchObject([{ conditionActive: true }]);
    nvr.end(true);
    await waitUntil(async () => !rig.strategy.broker.isConnected('c1/nvr'));
    const back = await rig.device('c1/nvr');
    await back.publishAsync('frigate/available', 'online', { qos: 1 });
    await waitUntil(async () => (await alarms())[0]!.conditionActive === false);
    expect(frigate.asked).toContain(`/api/review/${forgotten.id}`);
  });

  it('is found over many pages, and asked for with an end in sight', async () => {
    frigate.reviews = Array.from({ length: 250 }, (_, n) => ended(20_000 - n * 60, 19_990 - n * 60, { id: `r-${n}` }));
    await start();
    await askedOnce();
    expect(await alarms()).toHaveLength(250);
    expect(frigate.asked).toHaveLength(3);
    frigate.asked.length = 0;
    // a Frigate that answers the same page for ever
    frigate.instead = (response) => response.writeHead(200).end(JSON.stringify(frigate.reviews.slice(0, 100)));
    await askAgain();
    expect(frigate.asked.length).toBeLessThanOrEqual(2);
  });

  it('waits while Frigate is away, talks nonsense or is slow to be believed, and loses nothing', async () => {
    frigate.reviews = [ended(600, 500)];
    frigate.instead = (response) => response.writeHead(503).end();
    await start();
    const reconciler = rig.app.get(BridgeReconciler, { strict: false });
    const again = async () => {
      (reconciler as unknown as { askedAt: Map<string, number> }).askedAt.clear();
      await reconciler.look();
    };
    for (const body of ['<html>', '{"reviews":1}', '[1,{"id":"../x"},null]'.slice(0, -1)]) {
      frigate.instead = (response) => response.writeHead(200).end(body);
      await again();
    }
    frigate.instead = (response) => response.writeHead(302, { location: `${frigate.url}/elsewhere` }).end();
    await again();
    expect([await reviewedUntil(), await alarms()]).toEqual([null, []]);
    frigate.instead = undefined;
    await again();
    await askedOnce();
    expect(await alarms()).toMatchObject([{ conditionActive: false }]);
    expect(frigate.asked).not.toContain('/elsewhere');
  });

  it('asks nobody whose host is not allowed', async () => {
    frigate.reviews = [ended(600, 500)];
    await start('192.0.2.1:5000');
    await rig.app.get(BridgeReconciler, { strict: false }).look();
    expect([frigate.asked, await reviewedUntil(), await alarms()]).toEqual([[], null, []]);
  });
});
