import { pbkdf2Sync } from 'node:crypto';
import { InMemoryTimeSeries } from '../../libs/platform/time-series/in-memory-time-series.js';
import { aDevice, seedAreas } from '../support/builders.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { aBridge } from '../support/frigate.js';
import { type SensingRig, startSensing } from '../support/sensing.js';
import { waitUntil } from '../support/wait.js';

const lot = 'c1/lot-1';
const smoke = 'c1/smoke-1';

/** What logins and restarts leave behind. */
describe('sensing remembers', () => {
  let database: TestDatabase;
  let store: InMemoryTimeSeries;
  let rig: SensingRig;

  beforeEach(async () => {
    database = await createTestDatabase();
    await seedAreas(database.db);
    await aDevice(database.db);
    await aDevice(database.db, { id: lot, domain: 'parking' });
    await aBridge(database.db, { baseUrl: null });
    store = new InMemoryTimeSeries();
    rig = await startSensing(database, store);
  });
  afterEach(async () => {
    await rig.stop();
    await database.drop();
  });

  const hashOf = async (id: string, table: 'devices' | 'bridges' = 'devices') =>
    (await database.db.selectFrom(table).select('mosquittoHash').where('id', '=', id).executeTakeFirstOrThrow())
      .mosquittoHash;
  const expectHash = (hash: string | null, secret: string) => {
    const [, kind, iterations, salt, derived] = hash!.split('$');
    expect(kind).toBe('7');
    const again = pbkdf2Sync(secret, Buffer.from(salt!, 'base64'), Number(iterations), 64, 'sha512');
    expect(again.toString('base64')).toBe(derived);
  };

  it('a secret for a broker elsewhere, of whoever logs in with the right one, once', async () => {
    await database.db.updateTable('bridges').set({ mosquittoHash: null }).execute();
    await expect(rig.device(smoke, { password: 'wrong' })).rejects.toThrow();
    await rig.device('c1/nvr');
    await waitUntil(async () => (await hashOf('c1/nvr', 'bridges')) !== null);
    expectHash(await hashOf('c1/nvr', 'bridges'), 'secret-c1/nvr');
    expect(await hashOf(smoke)).toBeNull();
    await rig.device(smoke);
    await waitUntil(async () => (await hashOf(smoke)) !== null);
    const hash = await hashOf(smoke);
    expectHash(hash, `secret-${smoke}`);
    await rig.device(smoke, { clientId: `${smoke}:again` });
    await rig.device(lot);
    await waitUntil(async () => (await hashOf(lot)) !== null);
    expect(await hashOf(smoke)).toBe(hash);
  });

  it('the capacity a lot told before a restart: a reading over it is refused', async () => {
    const publish = async (values: object, ts: number) => {
      const device = await rig.device(lot);
      await device.publishAsync(`sc/parking/${lot}/telemetry`, JSON.stringify({ ts, values }), { qos: 1 });
      await device.endAsync(true);
    };
    const occupied = async () =>
      (await store.read({ deviceIds: [lot], metric: 'occupied', from: 0, to: 9e15, limit: 100 })).map(
        ({ value }) => value,
      );
    const now = Date.now();
    await publish({ capacity: 200, occupied: 150 }, now - 3000);
    await rig.stop();
    rig = await startSensing(database, store);
    await publish({ occupied: 201 }, now - 2000);
    await publish({ occupied: 200 }, now - 1000);
    expect(await occupied()).toEqual([150, 200]);
    const letters = await database.db.selectFrom('deadLetters').select(['reason', 'detail']).execute();
    expect(letters).toMatchObject([
      { reason: 'value-out-of-range', detail: expect.stringContaining('201 > capacity 200') },
    ]);
  });
});
