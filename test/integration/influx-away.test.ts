import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BufferedTimeSeries,
  InfluxTimeSeries,
  type Reading,
  type TimeSeries,
  TimeSeriesUnavailableError,
} from '@sc/platform/time-series';
import { createLogger } from '@sc/platform/logging';
import { aReading } from '../../libs/platform/time-series/time-series.conformance.js';
import { describeWith, provide } from '../support/services/index.js';
import { waitUntil } from '../support/wait.js';

const influx = await provide('influxdb', { control: true });
const T = Date.UTC(2026, 0, 1);

async function all(store: TimeSeries): Promise<Reading[]> {
  const readings: Reading[] = [];
  for await (const chunk of store.scan(0, T * 2)) readings.push(...chunk);
  return readings;
}
const batch = (from: number, count = 100) =>
  Array.from({ length: count }, (_, index) => aReading({ ts: T + from + index, value: index }));

describeWith(influx, 'an InfluxDB that goes away', ({ url, kill, restart, freeze, thaw, stop }) => {
  let directory: string;
  let number = 0;
  const database = () => `away_${(number += 1)}`;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'influx-away-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));
  afterAll(() => stop());

  const ask = async (db: string, q: string): Promise<string> =>
    (await fetch(`${url}/query?db=${db}`, { method: 'POST', body: new URLSearchParams({ q }) })).text();

  it('is killed and comes back: what waited on disk is drained, nothing is lost or there twice', async () => {
    const store = new InfluxTimeSeries({ url, bucket: database() });
    const series = new BufferedTimeSeries(store, { directory, retryDelayMs: 20 });
    await series.append(batch(0));
    await kill();
    await series.append(batch(1_000));
    await series.append(batch(950));
    expect([series.state, series.bufferedReadings]).toEqual(['buffering', 200]);
    await expect(series.read({ deviceIds: ['a'], metric: 'm', from: 0, to: 1, limit: 1 })).rejects.toThrow(
      TimeSeriesUnavailableError,
    );
    await restart();
    await waitUntil(() => series.state === 'direct' && series.bufferedReadings === 0);
    await series.append(batch(2_000));
    expect((await all(series)).map(({ ts }) => ts - T)).toEqual(
      [...new Set([...batch(0), ...batch(950), ...batch(1_000), ...batch(2_000)].map(({ ts }) => ts - T))].sort(
        (a, b) => a - b,
      ),
    );
    expect(await store.append([...batch(0), ...batch(2_000)])).toEqual({ stored: 0, duplicates: 200, conflicts: 0 });
    await series.close();
  });

  it('acknowledges nothing that a kill at any moment could take away', async () => {
    const bucket = database();
    const acknowledged: number[] = [];
    for (let life = 0; life < 3; life += 1) {
      const store = new InfluxTimeSeries({ url, bucket });
      let next = life * 100_000;
      const writing = (async () => {
        for (;;) {
          const from = next;
          next += 100;
          await store.append(batch(from));
          acknowledged.push(from);
        }
      })().catch((error: unknown) => error);
      const before = acknowledged.length;
      await waitUntil(() => acknowledged.length > before + 5 + life * 7);
      await kill();
      expect(await writing).toBeInstanceOf(TimeSeriesUnavailableError);
      await restart();
      await store.close();
    }
    const store = new InfluxTimeSeries({ url, bucket });
    const stored = new Set((await all(store)).map(({ ts }) => ts));
    const missing = acknowledged.flatMap((from) => batch(from)).filter(({ ts }) => !stored.has(ts));
    expect(missing).toEqual([]);
    await store.close();
  });

  it('is frozen: every call ends within its limit, and goes on when it is thawed', async () => {
    const store = new InfluxTimeSeries({ url, bucket: database(), writeTimeoutMs: 200, queryTimeoutMs: 200 });
    await store.append(batch(0));
    await freeze();
    try {
      await expect(store.append(batch(100))).rejects.toThrow(TimeSeriesUnavailableError);
      await expect(store.last(['a'])).rejects.toThrow(TimeSeriesUnavailableError);
      await expect(all(store)).rejects.toThrow(TimeSeriesUnavailableError);
    } finally {
      await thaw();
    }
    let result = { stored: 0, duplicates: 0, conflicts: 0 };
    // Whether the write that got no answer arrived all the same is open; that it is not there twice is not.
    await waitUntil(async () => {
      result = await store.append([...batch(0), ...batch(100)]).catch(() => result);
      return result.stored + result.duplicates > 0;
    });
    expect(result.stored + result.duplicates).toBe(200);
    expect(await all(store)).toHaveLength(200);
    await store.close();
  });

  it('makes its database again after somebody dropped it', async () => {
    const bucket = database();
    const store = new InfluxTimeSeries({ url, bucket });
    const series = new BufferedTimeSeries(store, { directory, retryDelayMs: 10 });
    await series.append(batch(0));
    await ask('', `drop database ${bucket}`);
    await series.append(batch(1_000));
    await waitUntil(() => series.bufferedReadings === 0 && series.state === 'direct');
    expect(await all(series)).toEqual(batch(1_000));
    await series.close();
  });

  it('counts what it will never take, stores the rest, and is not asked for ever', async () => {
    const bucket = database();
    await ask('', `create database ${bucket}`);
    // Another program used our field for text.
    await fetch(`${url}/write?db=${bucket}`, { method: 'POST', body: `reading,device=x,metric=y n="text" ${T}000000` });
    const errors: unknown[] = [];
    const logger = Object.assign(createLogger('silent'), { error: (...told: unknown[]) => errors.push(told) });
    const series = new BufferedTimeSeries(new InfluxTimeSeries({ url, bucket }, logger), { directory });
    const mixed = [aReading({ value: 1 }), aReading({ ts: T + 1, value: 'open' }), aReading({ ts: T + 2, value: 3 })];
    const result = await series.append(mixed);
    expect(result).toEqual({ stored: 1, duplicates: 0, conflicts: 0, refused: 2 });
    expect(errors).toHaveLength(1);
    expect([series.state, series.bufferedReadings]).toEqual(['direct', 0]);
    await series.close();
  });

  it.each(['a"; drop database victim; --', "a'b;c", '空间 名'])(
    'keeps to a database with the name %s',
    async (bucket) => {
      await ask('', 'create database victim');
      const store = new InfluxTimeSeries({ url, bucket });
      await store.append(batch(0));
      expect(await all(store)).toHaveLength(100);
      expect(await ask('', 'show databases')).toContain('victim');
      await store.close();
    },
  );

  it('says so when the server refuses the name of the database', async () => {
    const store = new InfluxTimeSeries({ url, bucket: 'a/b\\' });
    await expect(store.append(batch(0))).rejects.toThrow(/invalid name/);
    await store.close();
  });

  it('asks as the account of the token', async () => {
    const seen: (string | undefined)[] = [];
    const server: Server = createServer((request, response) => {
      seen.push(`${request.url} ${request.headers.authorization}`);
      request.resume();
      response.statusCode = request.url?.startsWith('/query') ? 200 : 204;
      response.end(request.url?.startsWith('/query') ? '{"results":[{"statement_id":0}]}' : undefined);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const stub = `http://127.0.0.1:${port}`;
    const old = new InfluxTimeSeries({ url: stub, bucket: 'b', token: 'me:secret' });
    await old.append([aReading()]);
    const basic = `Basic ${Buffer.from('me:secret').toString('base64')}`;
    expect(seen).toContain(`/write?db=b&precision=ms ${basic}`);
    const modern = new InfluxTimeSeries({ url: stub, bucket: 'b', token: 't0k', org: 'o' });
    seen.length = 0;
    await modern.append([aReading()]);
    const asked = '/query?db=b&epoch=ms&chunked=true Token t0k';
    // what is stored of the series, and which hours are rolled up
    expect(seen).toEqual([asked, asked, '/api/v2/write?org=o&bucket=b&precision=ms Token t0k']);
    await Promise.all([old.close(), modern.close()]);
    server.closeAllConnections();
    server.close();
  });

  it.each([401, 403, 429, 500, 503])('waits when it answers %d, because that may be put right', async (status) => {
    const server: Server = createServer((request, response) => {
      request.resume();
      response.statusCode = request.url?.startsWith('/query') ? 200 : status;
      response.end('{"results":[{"statement_id":0}]}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const store = new InfluxTimeSeries({ url: `http://127.0.0.1:${port}`, bucket: 'b' });
    await expect(store.append([aReading()])).rejects.toThrow(TimeSeriesUnavailableError);
    await store.close();
    server.closeAllConnections();
    server.close();
  });
});
