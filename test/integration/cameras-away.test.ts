import type { MqttClient } from 'mqtt';
import { CLOCK } from '@sc/platform/clock';
import { FakeClock } from '../../libs/platform/clock/fake-clock.js';
import { InMemoryTimeSeries } from '../../libs/platform/time-series/in-memory-time-series.js';
import { seedAreas } from '../support/builders.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { aBridge, aCamera } from '../support/frigate.js';
import { type SensingRig, startSensing } from '../support/sensing.js';
import { waitUntil } from '../support/wait.js';

const graceMs = 60_000;

/** A recorder that goes and comes, on a clock that moves only when told. */
describe('a Frigate that is away', () => {
  let database: TestDatabase;
  let rig: SensingRig;
  let clock: FakeClock;
  let nvr: MqttClient;

  beforeEach(async () => {
    clock = new FakeClock(Date.now());
    database = await createTestDatabase();
    await seedAreas(database.db);
    await aBridge(database.db, { baseUrl: null });
    await aCamera(database.db);
    await aCamera(database.db, { id: 'c1/yard', externalId: 'yard' });
    await start();
    await comeBack();
  });
  afterEach(async () => {
    await rig.stop();
    await database.drop();
  });

  const start = async () => {
    rig = await startSensing(database, new InMemoryTimeSeries(), {
      override: (builder) => builder.overrideProvider(CLOCK).useValue(clock),
    });
  };
  const comeBack = async () => {
    const will = { topic: 'frigate/available', payload: Buffer.from('offline'), qos: 1 as const, retain: true };
    nvr = await rig.device('c1/nvr', { will });
    await nvr.publishAsync('frigate/available', 'online', { qos: 1 });
  };
  const vanish = async () => {
    nvr.stream.destroy();
    await waitUntil(async () => (await bridge()) === 'offline');
  };
  const bridge = async () =>
    (await database.db.selectFrom('bridges').select('connection').executeTakeFirst())?.connection;
  const cameras = async () =>
    (await database.db.selectFrom('devices').select('connection').where('bridgeId', 'is not', null).execute()).map(
      ({ connection }) => connection,
    );
  const goneAlarms = async () =>
    (await database.db.selectFrom('alarms').select('id').where('ruleId', '=', 'camera-gone').execute()).length;
  /** Resolves when a batch was handled at the clock's time of now. */
  const looked = async () => {
    const message = { topic: 'frigate/stats', payload: Buffer.of(), payloadBytes: 0, qos: 1, retain: false } as const;
    await rig.strategy.broker.inject(
      { ...message, deviceId: 'c1/nvr', receivedAt: clock.now() },
      AbortSignal.timeout(30_000),
    );
  };

  it('and back within a minute says nothing of its cameras', async () => {
    await vanish();
    clock.advance(graceMs - 1);
    await looked();
    expect(await cameras()).toEqual(['online', 'online']);
    await comeBack();
    clock.advance(2 * graceMs);
    await looked();
    expect(await cameras()).toEqual(['online', 'online']);
    expect(await goneAlarms()).toBe(0);
  });

  it('for a minute takes its cameras along, across a restart of ours too', async () => {
    await vanish();
    await rig.stop();
    await start();
    await looked();
    clock.advance(graceMs - 1);
    await looked();
    expect(await cameras()).toEqual(['online', 'online']);
    clock.advance(1);
    await waitUntil(async () => (await cameras()).every((connection) => connection === 'offline'));
    expect(await goneAlarms()).toBe(2);
    await comeBack();
    expect(await cameras()).toEqual(['online', 'online']);
  });

  it('because somebody stopped it takes its cameras along at once', async () => {
    await nvr.publishAsync('frigate/available', 'stopped', { qos: 1 });
    expect(await cameras()).toEqual(['offline', 'offline']);
    expect(await goneAlarms()).toBe(2);
  });
});
