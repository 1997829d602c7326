import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AlarmWriter } from '@sc/features/alarms';
import { DetectionEngine, type DetectionInput } from '@sc/features/detection';
import { DeviceRegistry } from '@sc/features/devices';
import { IngestService } from '@sc/features/telemetry';
import { maxPayloadBytes } from '@sc/contracts';
import { UnitOfWork } from '@sc/platform/database';
import { DuckDbTimeSeries } from '@sc/platform/time-series';
import { sql } from 'kysely';
import { InMemoryTimeSeries } from '../../libs/platform/time-series/in-memory-time-series.js';
import { aDevice, seedAreas } from '../support/builders.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { type SensingRig, startSensing } from '../support/sensing.js';
import { untilClosed } from '../support/wait.js';

const smoke = 'c1/smoke-1';
const topic = (channel: string) => `sc/fire/${smoke}/${channel}`;

async function until<T>(
  probe: () => Promise<T | undefined | false> | T | undefined | false,
  limitMs = 60_000,
): Promise<T> {
  for (const end = Date.now() + limitMs; ; await wait(20)) {
    const value = await probe();
    if (value) return value;
    if (Date.now() > end) throw new Error(`not within ${limitMs} ms: ${probe.toString()}`);
  }
}

describe('sensing: from a device to the disk', () => {
  let database: TestDatabase;
  let store: InMemoryTimeSeries;
  let rig: SensingRig;

  beforeEach(async () => {
    database = await createTestDatabase();
    await seedAreas(database.db);
    await aDevice(database.db);
    await aDevice(database.db, { id: 'c1/smoke-2' });
    store = new InMemoryTimeSeries();
  });
  afterEach(async () => {
    await rig.stop();
    await database.drop();
  });

  const alarms = () => database.db.selectFrom('alarms').selectAll().execute();
  const deadLetters = () => database.db.selectFrom('deadLetters').selectAll().orderBy('id').execute();
  const readings = async (metric = 'smoke') =>
    (await store.read({ deviceIds: [smoke], metric, from: 0, to: 9e15, limit: 100_000 })).map(({ ts, value }) => [
      ts,
      value,
    ]);
  const connection = async (id = smoke) =>
    (await database.db.selectFrom('devices').select('connection').where('id', '=', id).executeTakeFirstOrThrow())
      .connection;

  it('has readings and the alarm on disk when the PUBACK arrives', async () => {
    rig = await startSensing(database, store);
    const client = await rig.device(smoke);
    const ts = Date.now();
    await client.publishAsync(topic('event'), JSON.stringify({ id: 'e1', ts, type: 'smoke.alarm' }), { qos: 1 });
    expect(await alarms()).toMatchObject([{ deviceId: smoke, conditionActive: true }]);
    await client.publishAsync(topic('telemetry'), JSON.stringify({ ts, values: { smoke: 1.5, battery: 90 } }), {
      qos: 1,
    });
    expect(await readings()).toEqual([[ts, 1.5]]);
    expect(await database.db.selectFrom('deviceEvents').selectAll().execute()).toMatchObject([
      { eventKey: 'i:e1', type: 'smoke.alarm' },
    ]);
  });

  it('takes the same messages ten times as once', async () => {
    rig = await startSensing(database, store);
    const client = await rig.device(smoke);
    const ts = Date.now();
    await Promise.all(
      Array.from({ length: 10 }).flatMap(() => [
        client.publishAsync(topic('event'), JSON.stringify({ ts, type: 'smoke.alarm' }), { qos: 1, dup: true }),
        client.publishAsync(
          topic('telemetry'),
          JSON.stringify([
            { ts, values: { smoke: 1 } },
            { ts: ts + 1, values: { smoke: 2 } },
          ]),
          { qos: 1 },
        ),
      ]),
    );
    expect(await alarms()).toHaveLength(1);
    expect(await database.db.selectFrom('deviceEvents').selectAll().execute()).toHaveLength(1);
    expect(await readings()).toEqual([
      [ts, 1],
      [ts + 1, 2],
    ]);
    expect(await deadLetters()).toEqual([]);
  });

  it('acknowledges what cannot be used, keeps it with its reason, and goes on', async () => {
    rig = await startSensing(database, store);
    const client = await rig.device(smoke);
    const ts = Date.now();
    const bad: [string, string | Buffer, string][] = [
      ['telemetry', '{', 'not-json'],
      ['telemetry', Buffer.of(0xff, 0x00, 0xfe), 'not-json'],
      ['telemetry', '{"values":{"smoke":NaN}}', 'not-json'],
      ['telemetry', '{"values":{"smoke":1e999}}', 'schema-mismatch'],
      ['telemetry', '{"values":{"smoke":null}}', 'schema-mismatch'],
      ['telemetry', '[{"values":{"smoke":1}}]', 'schema-mismatch'],
      ['telemetry', 'null', 'schema-mismatch'],
      ['telemetry', '['.repeat(100_000), 'not-json'],
      ['telemetry', JSON.stringify({ ts, values: { smoke: 'much' } }), 'wrong-type'],
      ['telemetry', JSON.stringify({ ts, values: { smoke: 101 } }), 'value-out-of-range'],
      ['telemetry', JSON.stringify({ ts: ts + 3_600_000, values: { smoke: 1 } }), 'clock-ahead'],
      ['telemetry', JSON.stringify({ ts: 1000, values: { smoke: 1 } }), 'too-old'],
      ['telemetry', JSON.stringify({ ts: 8.64e15, values: { unknown: 1 } }), 'clock-ahead'],
      ['telemetry', `{"values":{"smoke":1},"x":"${'y'.repeat(maxPayloadBytes)}"}`, 'too-large'],
      ['event', '{"type":"Not A Type"}', 'schema-mismatch'],
      ['event', '{"type":"test","id":"a\\u0000b"}', 'schema-mismatch'],
      ['event', '{"type":"test","data":{"k":"\\u0000"}}', 'schema-mismatch'],
      ['event', '{"type":"test","data":{"k":["\\ud800"]}}', 'schema-mismatch'],
      ['event', JSON.stringify({ type: 'test', ts: ts + 3_600_000 }), 'clock-ahead'],
      ['status', '{"state":"asleep"}', 'schema-mismatch'],
      ['reply', '{"id":"1","ok":true,"result":1}', 'unsupported-channel'],
    ];
    for (const [channel, payload] of bad) await client.publishAsync(topic(channel), payload, { qos: 1 });
    const kept = await deadLetters();
    expect(kept.map(({ reason }) => reason)).toEqual(bad.map(([, , reason]) => reason));
    expect(Math.max(...kept.map(({ payload }) => payload.length))).toBeLessThanOrEqual(4096);
    expect(kept.find(({ reason }) => reason === 'too-large')).toMatchObject({
      payloadBytes: bad.find(([, , reason]) => reason === 'too-large')![1].length,
    });
    await client.publishAsync(
      topic('event'),
      JSON.stringify({ type: 'test', data: { k: '\\u0000 is fine as text', e: '😀' } }),
      { qos: 1 },
    );
    const events = await database.db
      .selectFrom('deviceEvents')
      .select(['type', 'data'])
      .orderBy('receivedAt')
      .execute();
    expect(events.map(({ type, data }) => [type, data['reason']])).toEqual([
      // what was measured wrongly is said by the platform, once for each reason
      ['reading.refused', 'wrong-type'],
      ['reading.refused', 'value-out-of-range'],
      ['test', undefined],
    ]);
    expect(await readings()).toEqual([]);
  });

  it('keeps the good values of a message with bad ones, and unknown metrics', async () => {
    rig = await startSensing(database, store);
    const client = await rig.device(smoke);
    const ts = Date.now();
    await client.publishAsync(
      topic('telemetry'),
      JSON.stringify([
        { ts, values: { smoke: 1, temperature: 9999, constructor: 7 } },
        { ts: ts + 3_600_000, values: { smoke: 2 } },
        { ts: ts + 1, values: { smoke: 3 } },
      ]),
      { qos: 1 },
    );
    expect(await readings()).toEqual([
      [ts, 1],
      [ts + 1, 3],
    ]);
    expect(await readings('constructor')).toEqual([[ts, 7]]);
    expect(await readings('temperature')).toEqual([]);
    expect(await deadLetters()).toMatchObject([
      { reason: 'value-out-of-range', detail: expect.stringContaining('2 values') },
    ]);
    const events = await database.db
      .selectFrom('outbox')
      .selectAll()
      .where('type', '=', 'dead-letter.added.v1')
      .execute();
    expect(events).toMatchObject([{ payload: { kind: 'message', count: 1, deviceId: smoke } }]);
  });

  it('stores only so many metrics that nobody described', async () => {
    rig = await startSensing(database, store);
    const client = await rig.device(smoke);
    const ts = Date.now();
    for (let n = 0; n < 300; n += 60) {
      const values = Object.fromEntries(Array.from({ length: 60 }, (_, k) => [`made-up-${n + k}`, 1]));
      await client.publishAsync(topic('telemetry'), JSON.stringify({ ts, values }), { qos: 1 });
    }
    expect(await store.last([smoke])).toHaveLength(256);
    expect(await deadLetters()).toMatchObject([{ reason: 'schema-mismatch' }]);
  });

  it('sees each input once, though PostgreSQL and the store fail in turn, and acknowledges only then', async () => {
    const seen: DetectionInput[] = [];
    rig = await startSensing(database, store);
    const engine = rig.app.get(DetectionEngine, { strict: false });
    const evaluate = engine.evaluate.bind(engine);
    engine.evaluate = (inputs) => (seen.push(...inputs), evaluate(inputs));
    const unitOfWork = rig.app.get(UnitOfWork, { strict: false });
    const run = unitOfWork.runUrgent.bind(unitOfWork);
    let fails = 2;
    const client = await rig.device(smoke);
    await until(async () => (await connection()) === 'online');
    unitOfWork.runUrgent = async (work) => {
      if (fails > 0) {
        fails -= 1;
        // fails after everything was written: the transaction is rolled back
        return run(async (transaction) => {
          await work(transaction);
          throw new Error('connection lost');
        });
      }
      return run(work);
    };
    store.unavailable = true;
    let acknowledged = false;
    const ts = Date.now();
    const published = Promise.all([
      client.publishAsync(topic('event'), JSON.stringify({ ts, type: 'smoke.alarm' }), { qos: 1 }),
      client.publishAsync(topic('telemetry'), JSON.stringify({ ts, values: { smoke: 2 } }), { qos: 1 }),
    ]).then(() => (acknowledged = true));
    await until(async () => (await alarms()).length === 1);
    expect(await readings().catch(() => 'unavailable')).toBe('unavailable');
    expect(acknowledged).toBe(false);
    expect(rig.strategy.health().stalledSince).toBeDefined();
    store.unavailable = false;
    await published;
    expect(seen.filter(({ deviceId }) => deviceId === smoke)).toHaveLength(2);
    expect(await alarms()).toHaveLength(1);
    expect(await readings()).toEqual([[ts, 2]]);
    expect(
      await database.db.selectFrom('outbox').selectAll().where('type', '=', 'alarm.raised.v1').execute(),
    ).toHaveLength(1);
  });

  it('is not held up by one change that PostgreSQL refuses for good', async () => {
    // a check that only one device's event breaks, as a mistake of ours would
    await sql`alter table device_events add constraint poison check (device_id <> 'c1/smoke-2')`.execute(database.db);
    rig = await startSensing(database, store);
    const [good, bad] = [await rig.device(smoke), await rig.device('c1/smoke-2')];
    const ts = Date.now();
    await Promise.all([
      bad.publishAsync('sc/fire/c1/smoke-2/event', JSON.stringify({ id: 'e', ts, type: 'smoke.alarm' }), { qos: 1 }),
      bad.publishAsync('sc/fire/c1/smoke-2/event', 'not json', { qos: 1 }),
      good.publishAsync(topic('event'), JSON.stringify({ id: 'e', ts, type: 'smoke.alarm' }), { qos: 1 }),
      good.publishAsync(topic('telemetry'), JSON.stringify({ ts, values: { smoke: 1 } }), { qos: 1 }),
    ]);
    expect(await database.db.selectFrom('deviceEvents').select('deviceId').execute()).toEqual([{ deviceId: smoke }]);
    // even its alarm stands: only what was refused is missing
    const raised = (await alarms()).filter(({ ruleId }) => ruleId === 'fire-smoke-alarm');
    expect(raised.map(({ deviceId }) => deviceId).sort()).toEqual([smoke, 'c1/smoke-2']);
    expect(await deadLetters()).toMatchObject([{ reason: 'not-json' }]);
    expect(await readings()).toEqual([[ts, 1]]);
  });

  it('applies alarm changes before it stores the readings that caused them', async () => {
    const order: string[] = [];
    rig = await startSensing(database, store, {
      override: (builder) =>
        builder.overrideProvider(AlarmWriter).useValue({ apply: async () => void order.push('alarms') }),
    });
    const append = store.append.bind(store);
    store.append = async (batch) => (order.push('readings'), append(batch));
    const client = await rig.device(smoke);
    const ts = Date.now();
    await Promise.all([
      client.publishAsync(topic('telemetry'), JSON.stringify({ ts, values: { smoke: 2 } }), { qos: 1 }),
      client.publishAsync(topic('event'), JSON.stringify({ ts, type: 'smoke.alarm' }), { qos: 1 }),
    ]);
    expect(order.lastIndexOf('readings')).toBeGreaterThan(order.indexOf('alarms'));
  });

  it('raises after a restart what was lost with the memory of the detector', async () => {
    rig = await startSensing(database, store);
    const client = await rig.device(smoke);
    await client.publishAsync(topic('event'), JSON.stringify({ ts: Date.now(), type: 'smoke.alarm' }), { qos: 1 });
    await rig.stop();
    await database.db.deleteFrom('alarmSteps').execute();
    await database.db.deleteFrom('alarms').execute();
    rig = await startSensing(database, store);
    expect(await alarms()).toMatchObject([{ deviceId: smoke, conditionActive: true }]);
  });

  it('writes online and offline once each, with an event, and stays online when a device comes back at once', async () => {
    rig = await startSensing(database, store);
    const events = async () =>
      (
        await database.db
          .selectFrom('outbox')
          .select('payload')
          .where('type', '=', 'device.changed.v1')
          .orderBy('position')
          .execute()
      ).map(({ payload }) => payload['change']);
    expect(await connection()).toBe('never-seen');
    const will = { topic: topic('status'), payload: Buffer.from('{"state":"offline"}'), qos: 1, retain: true };
    const client = await rig.device(smoke, { will });
    for (let times = 0; times < 3; times += 1)
      await client.publishAsync(topic('status'), '{"state":"online"}', { qos: 1, retain: true });
    expect(await connection()).toBe('online');
    const again = await rig.device(smoke, { will });
    await again.publishAsync(topic('status'), '', { qos: 1, retain: true });
    expect(await events()).toEqual(['online']);
    again.stream.destroy();
    await until(async () => (await connection()) === 'offline');
    expect(await events()).toEqual(['online', 'offline']);
  });

  it('calls offline after a restart who does not come back, and nobody because it stopped', async () => {
    rig = await startSensing(database, store);
    await (await rig.device(smoke)).publishAsync(topic('status'), '{"state":"online"}', { qos: 1 });
    await (await rig.device('c1/smoke-2')).publishAsync('sc/fire/c1/smoke-2/status', '{"state":"online"}', { qos: 1 });
    await rig.stop();
    expect([await connection(), await connection('c1/smoke-2')]).toEqual(['online', 'online']);
    rig = await startSensing(database, store, { returnWithinMs: 500 });
    await rig.device(smoke);
    await until(async () => (await connection('c1/smoke-2')) === 'offline');
    expect(await connection()).toBe('online');
  });

  it('writes when a device was last seen', async () => {
    rig = await startSensing(database, store);
    const before = Date.now();
    await (await rig.device(smoke)).publishAsync(topic('telemetry'), '{"values":{"smoke":1}}', { qos: 1 });
    const { lastSeenAt } = await until(() =>
      database.db
        .selectFrom('devices')
        .select('lastSeenAt')
        .where('id', '=', smoke)
        .where('lastSeenAt', 'is not', null)
        .executeTakeFirst(),
    );
    expect(lastSeenAt!.getTime()).toBeGreaterThanOrEqual(before);
  });

  it('learns of a new device, and disconnects one whose secret changed or that was retired', async () => {
    rig = await startSensing(database, store);
    await expect(rig.device('c1/new')).rejects.toThrow();
    const unitOfWork = rig.app.get(UnitOfWork, { strict: false });
    const registry = rig.app.get(DeviceRegistry, { strict: false });
    const changed = async (
      deviceId: string,
      change: 'registered' | 'secret-rotated' | 'retired',
      update: () => Promise<unknown>,
    ) => {
      await update();
      await unitOfWork.run(async ({ emit }) =>
        emit({ type: 'device.changed.v1', payload: { deviceId, change }, areaId: 'r1', subjectId: deviceId }),
      );
      await registry.refresh();
    };
    await changed('c1/new', 'registered', () => aDevice(database.db, { id: 'c1/new' }));
    await rig.device('c1/new');
    for (const [id, change] of [
      ['c1/new', 'secret-rotated'],
      [smoke, 'retired'],
    ] as const) {
      const client = id === smoke ? await rig.device(smoke) : await rig.device('c1/new', { clientId: 'c1/new:2' });
      const closed = untilClosed(client);
      await changed(id, change, () =>
        database.db
          .updateTable('devices')
          .set(change === 'retired' ? { state: 'retired' } : { secretHash: Buffer.alloc(32) })
          .where('id', '=', id)
          .execute(),
      );
      await closed;
      await expect(rig.device(id)).rejects.toThrow();
    }
  });

  it('does not ask PostgreSQL about the same unknown name again and again', async () => {
    rig = await startSensing(database, store);
    const registry = rig.app.get(DeviceRegistry, { strict: false });
    await expect(rig.device('c1/nobody')).rejects.toThrow();
    // it appears without an event: still unknown, because "no" holds for a while
    await aDevice(database.db, { id: 'c1/nobody' });
    expect(await registry.find('c1/nobody')).toBeUndefined();
  });

  describe('through a broker that lets a device in before we heard of it', () => {
    /** As a broker elsewhere hands it on: no login of ours has asked for the device. */
    const arrives = async (...deviceIds: string[]) => {
      const asOf = Date.now();
      const messages = deviceIds.map((deviceId) => {
        const payload = Buffer.from(JSON.stringify({ ts: asOf, type: 'smoke.alarm' }));
        const topicOf = `sc/fire/${deviceId}/event`;
        return { topic: topicOf, payload, payloadBytes: payload.length, qos: 1 as const, retain: false, deviceId };
      });
      const received = messages.map((message) => ({ ...message, receivedAt: asOf }));
      await rig.app
        .get(IngestService, { strict: false })
        .ingest({ messages: received, presence: new Map<string, 'online' | 'offline'>(), asOf });
    };

    it('takes its first message, in the moment after it was registered', async () => {
      rig = await startSensing(database, store);
      await aDevice(database.db, { id: 'c1/new' });
      await arrives('c1/new', 'c1/nobody', smoke);
      expect((await alarms()).map(({ deviceId }) => deviceId).sort()).toEqual(['c1/new', smoke]);
      expect(await deadLetters()).toMatchObject([{ deviceId: 'c1/nobody', reason: 'unregistered-device' }]);
    });

    it('asks about a name that nobody registered once in a while, and about many at once', async () => {
      rig = await startSensing(database, store);
      await arrives('c1/nobody');
      // it appears without an event: still unknown, because "no" holds for a while
      await aDevice(database.db, { id: 'c1/nobody' });
      await arrives('c1/nobody');
      await aDevice(database.db, { id: 'c1/new' });
      await arrives(...Array.from({ length: 5000 }, (_, n) => `c1/flood-${n}`), 'c1/new');
      expect(await alarms()).toMatchObject([{ deviceId: 'c1/new' }]);
    });
  });

  it('writes refusals to the security log', async () => {
    rig = await startSensing(database, store);
    await expect(rig.device(smoke, { password: 'guess' })).rejects.toThrow();
    const client = await rig.device(smoke);
    await client.publishAsync('sc/fire/c1/smoke-2/event', '{"type":"smoke.alarm"}', { qos: 1 });
    const rows = await until(async () => {
      const found = await database.db.selectFrom('securityLog').selectAll().orderBy('id').execute();
      return found.length >= 2 && found;
    });
    expect(rows).toMatchObject([
      { kind: 'login-refused', actor: smoke, remoteAddress: '127.0.0.1' },
      { kind: 'topic-refused', actor: smoke },
    ]);
    expect(await alarms()).toEqual([]);
  });

  it('keeps only the newest dead letters', async () => {
    await sql`insert into dead_letters (id, device_id, topic, payload, payload_bytes, reason, detail, received_at)
      select gen_random_uuid(), 'c1/smoke-1', 't', '', 0, 'not-json', 'old', '2020-01-01'::timestamptz + n * interval '1 second'
      from generate_series(1, 10500) n`.execute(database.db);
    rig = await startSensing(database, store);
    const client = await rig.device(smoke);
    await client.publishAsync(topic('telemetry'), 'x', { qos: 1 });
    const count = () =>
      database.db
        .selectFrom('deadLetters')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow();
    await until(async () => (await count()).n === 10_000);
    expect((await deadLetters()).filter(({ detail }) => detail !== 'old')).toHaveLength(1);
  });

  it('stores into DuckDB too', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'sensing-'));
    const duckdb = new DuckDbTimeSeries({ directory });
    rig = await startSensing(database, duckdb);
    const client = await rig.device(smoke);
    const ts = Date.now();
    await Promise.all(
      Array.from({ length: 300 }, (_, n) =>
        client.publishAsync(topic('telemetry'), JSON.stringify({ ts: ts + n, values: { smoke: n / 10 } }), { qos: 1 }),
      ),
    );
    expect(await duckdb.read({ deviceIds: [smoke], metric: 'smoke', from: 0, to: 9e15, limit: 1000 })).toHaveLength(
      300,
    );
    await rig.stop();
    await duckdb.close();
    await rm(directory, { recursive: true });
  });
});
