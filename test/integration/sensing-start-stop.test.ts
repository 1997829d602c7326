import { setTimeout as wait } from 'node:timers/promises';
import { AlarmReconciler } from '@sc/features/alarms';
import { UnitOfWork } from '@sc/platform/database';
import { sql } from 'kysely';
import { InMemoryTimeSeries } from '../../libs/platform/time-series/in-memory-time-series.js';
import { aDevice, seedAreas } from '../support/builders.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { type SensingRig, startSensing } from '../support/sensing.js';
import { waitUntil } from '../support/wait.js';

const smoke = 'c1/smoke-1';
const topic = `sc/fire/${smoke}/telemetry`;
const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

describe('sensing while a store is away', () => {
  let database: TestDatabase;
  let store: InMemoryTimeSeries;
  let rig: SensingRig | undefined;

  beforeEach(async () => {
    database = await createTestDatabase();
    await seedAreas(database.db);
    await aDevice(database.db);
    store = new InMemoryTimeSeries();
  });
  afterEach(async () => {
    await rig?.stop();
    rig = undefined;
    await database.drop();
  });
  const readings = () => store.read({ deviceIds: [smoke], metric: 'smoke', from: 0, to: 9e15, limit: 10_000 });

  it('at a start: waits for it, and lets no device in before', async () => {
    let tries = 0;
    const reconcile = async () => {
      tries += 1;
      if (tries < 3) throw away;
    };
    rig = await startSensing(database, store, {
      override: (builder) =>
        builder.overrideProvider(AlarmReconciler).useValue({ reconcile, standing: async () => [] }),
    });
    expect(tries).toBe(3);
    const client = await rig.device(smoke);
    await client.publishAsync(topic, '{"values":{"smoke":1}}', { qos: 1 });
    expect(await readings()).toHaveLength(1);
  });

  it('at a start without the store of readings: alarms go on, those that stand are kept', async () => {
    rig = await startSensing(database, store);
    let client = await rig.device(smoke);
    const publish = (smokeValue: number) =>
      client.publishAsync(topic, JSON.stringify({ values: { smoke: smokeValue } }), { qos: 1 });
    await publish(30);
    const alarms = () =>
      database.db.selectFrom('alarms').select(['deviceId', 'ruleId', 'conditionActive']).orderBy('ruleId').execute();
    expect(await alarms()).toMatchObject([{ ruleId: 'fire-smoke', conditionActive: true }]);
    await rig.stop();

    store.unavailable = true;
    rig = await startSensing(database, store);
    expect(await alarms()).toMatchObject([{ ruleId: 'fire-smoke', conditionActive: true }]);
    client = await rig.device(smoke);
    let acknowledged = 0;
    const event = (type: string) => client.publishAsync(`sc/fire/${smoke}/event`, JSON.stringify({ type }), { qos: 1 });
    void event('smoke.alarm').then(() => (acknowledged += 1));
    await waitUntil(async () => (await alarms()).length === 2);
    void publish(0).then(() => (acknowledged += 1));
    await waitUntil(() => rig!.strategy.health().stalledSince !== undefined);
    expect(await alarms()).toMatchObject([{ ruleId: 'fire-smoke' }, { ruleId: 'fire-smoke-alarm' }]);
    expect(acknowledged).toBe(1);
    store.unavailable = false;
    await waitUntil(() => acknowledged === 2);
    expect(await readings()).toHaveLength(2);
  });

  it('at a stop with 1,000 messages waiting: ends, acknowledges none of them, and all come again', async () => {
    rig = await startSensing(database, store, { limits: { stopTimeoutMs: 300 } });
    const unitOfWork = rig.app.get(UnitOfWork, { strict: false });
    const client = await rig.device(smoke, { keepalive: 2, reconnectPeriod: 200 });
    await waitUntil(async () => {
      const row = await database.db.selectFrom('devices').select('connection').executeTakeFirstOrThrow();
      return row.connection === 'online';
    });
    // a commit that never answers, as of a frozen server
    unitOfWork.runUrgent = () => new Promise(() => undefined);
    const ts = Date.now();
    let acknowledged = 0;
    const published = Array.from({ length: 1000 }, async (_, n) => {
      const payload = JSON.stringify({ ts: ts + n, values: { smoke: 20 } });
      await client.publishAsync(topic, payload, { qos: 1 });
      acknowledged += 1;
    });
    // with a keepalive of 2 s: who waits for us is not called silent
    await wait(4000);
    expect(client.connected).toBe(true);
    await waitUntil(() => rig!.strategy.health().pendingMessages === 1000);
    await rig.app.close();
    expect(acknowledged).toBe(0);

    rig = await startSensing(database, store);
    // the device goes on trying, and sends again what was not acknowledged
    Object.assign(client.options, { port: rig.strategy.broker.port });
    await Promise.all(published);
    client.end(true);
    expect(await readings()).toHaveLength(1000);
    expect(await database.db.selectFrom('alarms').select('ruleId').execute()).toEqual([{ ruleId: 'fire-smoke' }]);
  });

  it('at a stop: what is written last for people to look at does not hold it', async () => {
    rig = await startSensing(database, store);
    const client = await rig.device(smoke);
    await client.publishAsync(topic, '{"values":{"smoke":1}}', { qos: 1 });
    // somebody holds the table: the last-seen times cannot be written
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let locked: () => void = () => undefined;
    const isLocked = new Promise<void>((resolve) => (locked = resolve));
    const blocking = database.db.transaction().execute(async (tx) => {
      await sql`lock table devices in access exclusive mode`.execute(tx);
      locked();
      await held;
    });
    await isLocked;
    client.end(true);
    const closing = rig.app.close().then(() => 'closed');
    expect(await Promise.race([closing, wait(25_000, 'still waiting', { ref: false })])).toBe('closed');
    release();
    await blocking;
  });
});
