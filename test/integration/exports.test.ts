import { randomUUID } from 'node:crypto';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { type CreateExport, type Export, exportSchema } from '@sc/contracts';
import { type Reading, TimeSeriesUnavailableError } from '@sc/platform/time-series';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { sql } from 'kysely';
import { ExportRunner } from '../../libs/features/exports/export-runner.js';
import { type ExportLimits, exportLimits } from '../../libs/features/exports/limits.js';
import { aDevice } from '../support/builders.js';
import { type Answer, startGateway, type TestGateway } from '../support/gateway.js';
import { waitUntil } from '../support/wait.js';

let gateway: TestGateway;
let runner: ExportRunner;
const cookies: Record<string, string> = {};
const usual: ExportLimits = { ...exportLimits };
const base = Date.UTC(2026, 0, 1);
const hour = 3_600_000;
const range = { from: new Date(base).toISOString(), to: new Date(base + hour).toISOString() };

beforeAll(async () => {
  // A machine with little room must not decide about every test here.
  Object.assign(exportLimits, { diskReserveBytes: 0, diskReserveShare: 0 });
  gateway = await startGateway();
  runner = gateway.app.get(ExportRunner, { strict: false });
  for (const [login, role, area] of [
    ['admin', 'admin', 'c1'],
    ['op', 'operator', 'g1'],
    ['officer', 'officer', 'c1'],
  ] as const) {
    await gateway.person(login, role, area);
    cookies[login] = await gateway.login(login);
  }
  await aDevice(gateway.database.db, { id: 'c1/in-1', areaId: 'r1' });
  await aDevice(gateway.database.db, { id: 'c1/in-2', areaId: 'b1' });
  await aDevice(gateway.database.db, { id: 'c1/out', areaId: 'b2' });
}, 60_000);
afterEach(async () => {
  Object.assign(exportLimits, usual, { diskReserveBytes: 0, diskReserveShare: 0 });
  gateway.timeSeries.scan = Object.getPrototypeOf(gateway.timeSeries).scan;
  await gateway.database.db.deleteFrom('exports').execute();
  await runner.tidy();
});
afterAll(async () => {
  Object.assign(exportLimits, usual);
  await gateway.stop();
}, 60_000);

const as = (who: string, method: string, path: string, body?: unknown): Promise<Answer> =>
  gateway.call(method, path, { cookie: cookies[who]!, ...(body === undefined ? {} : { body }) });
async function ask(who: string, request: Partial<CreateExport>): Promise<Export> {
  const answer = await as(who, 'POST', 'exports', { ...range, format: 'csv', ...request });
  expect(answer.status).toBe(202);
  return exportSchema.parse(answer.body);
}
async function ended(who: string, id: string): Promise<Export> {
  let latest: Export | undefined;
  await waitUntil(async () => {
    latest = exportSchema.parse((await as(who, 'GET', `exports/${id}`)).body);
    return latest.state === 'done' || latest.state === 'failed';
  });
  return latest!;
}
const files = () => readdir(join(gateway.dataDir, 'exports')).catch(() => [] as string[]);
const row = (id: string) =>
  gateway.database.db.selectFrom('exports').selectAll().where('id', '=', id).executeTakeFirst();
async function bytesOf(who: string, id: string): Promise<Buffer> {
  const answer = await fetch(`${gateway.url}/api/v1/exports/${id}/file`, { headers: { cookie: cookies[who]! } });
  expect(answer.status).toBe(200);
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect(answer.headers.get('content-length')).toBe(String(bytes.length));
  return bytes;
}
/** A scan that stops after its first chunk until it is let go on. */
function gatedScan(): { reached: Promise<void>; open: () => void } {
  const reached = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  gateway.timeSeries.scan = async function* () {
    yield [{ deviceId: 'c1/in-1', metric: 'smoke', ts: base + hour / 2, value: 1 }];
    reached.resolve();
    await gate.promise;
    yield [{ deviceId: 'c1/in-1', metric: 'smoke', ts: base + hour / 2 + 1, value: 2 }];
  };
  return { reached: reached.promise, open: gate.resolve };
}

async function parquetRows(path: string): Promise<Reading[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const result = await connection.runAndReadAll(
    `select device, metric, epoch_ms::double, number, boolean, text from read_parquet('${path}')`,
  );
  const rows = result.getRows().map(([deviceId, metric, ts, number, boolean, text]) => {
    const value = number ?? boolean ?? text;
    return { deviceId, metric, ts, value } as Reading;
  });
  connection.closeSync();
  instance.closeSync();
  return rows;
}
const csvRows = (bytes: Buffer): Reading[] =>
  (parse(bytes, { bom: true, columns: true }) as Record<string, string>[]).map(
    ({ device, metric, ts, type, value = '' }) => ({
      deviceId: device!,
      metric: metric!,
      ts: Number(ts),
      value:
        type === 'number'
          ? Number(value)
          : type === 'boolean'
            ? value === 'true'
            : value.replace(/^'(?=[=+\-@\t\r])/, ''),
    }),
  );
const inOrder = (readings: readonly Reading[]) =>
  readings.toSorted((a, b) => a.ts - b.ts || (a.deviceId + a.metric < b.deviceId + b.metric ? -1 : 1));

describe('an export', () => {
  it('holds exactly what is stored in the range, in both formats', async () => {
    const value = fc.oneof(
      fc.boolean(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
      fc.constantFrom('=cmd()', '-1', '中文\r\n“换行”', 'a,"b"', '😀', ' '),
      fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/^'[=+\-@\t\r]/.test(text)),
    );
    let nth = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.tuple(fc.constantFrom('in-1', 'in-2', 'out'), fc.integer({ min: -5, max: 60 }), value), {
          selector: ([device, minute]) => `${device} ${minute}`,
          minLength: 1,
          maxLength: 30,
        }),
        fc.constantFrom('csv' as const, 'parquet' as const),
        async (given, format) => {
          const metric = `metric-${nth++}`;
          const readings = given.map(([device, minute, one]): Reading => ({
            deviceId: `c1/${device}`,
            metric,
            ts: base + minute * 60_000,
            value: one,
          }));
          await gateway.timeSeries.append(readings);
          const { id } = await ask('op', { areaId: 'g1', metrics: [metric], format });
          const done = await ended('op', id);
          const expected = readings.filter(
            ({ deviceId, ts }) => deviceId !== 'c1/out' && ts >= base && ts < base + hour,
          );
          expect(done).toMatchObject({ state: 'done', progress: 1, rows: expected.length, error: null, devices: 2 });
          const bytes = await bytesOf('op', id);
          expect(done.bytes).toBe(bytes.length);
          const path = join(gateway.dataDir, 'exports', `${id}.${format}`);
          const found = format === 'csv' ? csvRows(bytes) : await parquetRows(path);
          expect(inOrder(found)).toEqual(inOrder(expected));
          expect((await as('op', 'DELETE', `exports/${id}`)).status).toBe(204);
          expect(await files()).toEqual([]);
        },
      ),
      { numRuns: 12 },
    );
  }, 120_000);

  it('is downloaded under a safe name and stands in the audit trail', async () => {
    const { id, fileName } = await ask('op', { deviceIds: ['c1/in-1'], format: 'parquet' });
    await ended('op', id);
    const answer = await as('op', 'GET', `exports/${id}/file`);
    expect(fileName).toBe('readings_c1_in-1_2026-01-01_2026-01-01.parquet');
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${fileName}"`);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const { db } = gateway.database;
    const trail = await db
      .selectFrom('auditTrail')
      .selectAll()
      .where('subjectId', '=', id)
      .orderBy('sequence')
      .execute();
    expect(trail.map(({ action }) => action)).toEqual(['export.requested', 'export.downloaded']);
    expect(trail[0]!.change).toMatchObject({ devices: ['c1/in-1'], format: 'parquet' });
  });

  it('is only for those who may see the devices, when asked and when downloaded', async () => {
    const post = (who: string, body: object) => as(who, 'POST', 'exports', { ...range, format: 'csv', ...body });
    expect((await post('officer', { deviceIds: ['c1/in-1'] })).status).toBe(403);
    expect((await post('op', { deviceIds: ['c1/in-1', 'c1/out'] })).status).toBe(404);
    expect((await post('op', { areaId: 'g2' })).status).toBe(404);
    expect((await post('op', { areaId: 's1' })).body).toMatchObject({ devices: 2 });

    const { id } = await ask('op', { deviceIds: ['c1/in-2'] });
    await ended('op', id);
    for (const path of [`exports/${id}`, `exports/${id}/file`])
      expect((await as('admin', 'GET', path)).status).toBe(404);
    expect((await as('admin', 'DELETE', `exports/${id}`)).status).toBe(404);
    expect((await as('admin', 'GET', 'exports')).body.items).toEqual([]);

    const move = (areaId: string) =>
      gateway.database.db.updateTable('devices').set({ areaId }).where('id', '=', 'c1/in-2').execute();
    await move('b2');
    expect((await as('op', 'GET', `exports/${id}/file`)).status).toBe(403);
    await move('b1');
    expect((await as('op', 'GET', `exports/${id}/file`)).status).toBe(200);
  });

  it('fails when the rights were lost before it ran', async () => {
    const { open, reached } = gatedScan();
    await ask('op', { deviceIds: ['c1/in-1'] });
    await reached;
    const second = await ask('op', { deviceIds: ['c1/in-2'] });
    await gateway.database.db.updateTable('devices').set({ areaId: 'b2' }).where('id', '=', 'c1/in-2').execute();
    open();
    expect(await ended('op', second.id)).toMatchObject({ state: 'failed', error: 'rights-lost' });
    await gateway.database.db.updateTable('devices').set({ areaId: 'b1' }).where('id', '=', 'c1/in-2').execute();
  });

  it.each(['csv', 'parquet'] as const)('leaves no file when it is cancelled in the middle: %s', async (format) => {
    const { open, reached } = gatedScan();
    const { id } = await ask('op', { deviceIds: ['c1/in-1'], format });
    await reached;
    await waitUntil(async () => (await row(id))!.progress === 0.5);
    expect((await files()).length).toBeGreaterThan(0);
    expect((await as('op', 'GET', `exports/${id}/file`)).status).toBe(409);
    expect((await as('op', 'DELETE', `exports/${id}`)).status).toBe(204);
    open();
    await waitUntil(async () => (await files()).length === 0);
    expect((await as('op', 'GET', `exports/${id}`)).status).toBe(404);
    // and the next one runs
    expect((await ended('op', (await ask('op', { deviceIds: ['c1/in-2'] })).id)).state).toBe('done');
  });

  it('is ended in its process when its row is removed by another one', async () => {
    const { open, reached } = gatedScan();
    const { id } = await ask('op', { deviceIds: ['c1/in-1'] });
    await reached;
    await gateway.database.db.deleteFrom('exports').where('id', '=', id).execute();
    await new Promise((resolve) => setImmediate(resolve));
    open();
    await waitUntil(async () => (await files()).length === 0);
  });

  it('is begun again when its process was killed, and given up when that goes on', async () => {
    const { id: personId } = await gateway.database.db
      .selectFrom('people')
      .select('id')
      .where('login', '=', 'op')
      .executeTakeFirstOrThrow();
    const orphan = async (attempts: number) => {
      const id = randomUUID();
      await sql`insert into exports (id, person_id, format, device_ids, from_at, to_at, state, runner, beat_at, attempts, created_at)
        values (${id}, ${personId}, 'csv', array['c1/in-1'], ${range.from}, ${range.to}, 'running', ${randomUUID()},
          now() - interval '1 minute', ${attempts}, now())`.execute(gateway.database.db);
      await mkdir(join(gateway.dataDir, 'exports'), { recursive: true });
      await writeFile(join(gateway.dataDir, 'exports', `${id}.${randomUUID()}.part`), 'half');
      return id;
    };
    const [first, third] = [await orphan(1), await orphan(3)];
    await runner.tidy();
    expect(await row(third)).toMatchObject({ state: 'failed', error: 'interrupted' });
    expect(await ended('op', first)).toMatchObject({ state: 'done' });
    await runner.tidy();
    expect(await files()).toEqual([`${first}.csv`]);
  });

  it('is gone after its time, file and all', async () => {
    const { id } = await ask('op', { deviceIds: ['c1/in-1'] });
    const { expiresAt, finishedAt } = await ended('op', id);
    expect(Date.parse(expiresAt!) - Date.parse(finishedAt!)).toBe(24 * hour);
    await runner.tidy();
    expect(await files()).toEqual([`${id}.csv`]);
    await gateway.database.db
      .updateTable('exports')
      .set({ expiresAt: new Date(Date.now() - 1) })
      .execute();
    await runner.tidy();
    expect(await files()).toEqual([]);
    expect((await as('op', 'GET', `exports/${id}/file`)).status).toBe(404);
  });

  it.each([
    ['too-many-rows', { rows: 1 }],
    ['too-large', { bytes: 10 }],
    ['too-slow', { runMs: -1 }],
    ['disk-full', { diskReserveBytes: Number.MAX_SAFE_INTEGER }],
  ] as const)('fails at a bound, and leaves no file: %s', async (error, change) => {
    Object.assign(exportLimits, change);
    gatedScan().open();
    for (const format of ['csv', 'parquet'] as const) {
      const { id } = await ask('op', { deviceIds: ['c1/in-1'], format });
      expect(await ended('op', id)).toMatchObject({ state: 'failed', error, bytes: 0 });
      expect((await as('op', 'GET', `exports/${id}/file`)).status).toBe(409);
    }
    expect(await files()).toEqual([]);
  });

  it('fails with its reason when the store of readings is away or breaks', async () => {
    const failing = (error: Error) => {
      gateway.timeSeries.scan = async function* () {
        yield [];
        throw error;
      };
    };
    failing(new TimeSeriesUnavailableError('away'));
    const away = await ask('op', { deviceIds: ['c1/in-1'] });
    expect(await ended('op', away.id)).toMatchObject({ state: 'failed', error: 'store-unavailable' });
    failing(Object.assign(new Error('write'), { code: 'ENOSPC' }));
    const full = await ask('op', { deviceIds: ['c1/in-1'] });
    expect(await ended('op', full.id)).toMatchObject({ state: 'failed', error: 'disk-full' });
    expect(await files()).toEqual([]);
  });

  it('is one at a time, and few of one person wait or are kept', async () => {
    const { open, reached } = gatedScan();
    const first = await ask('op', { deviceIds: ['c1/in-1'] });
    await reached;
    for (let nth = 1; nth < exportLimits.openPerPerson; nth++) await ask('op', { deviceIds: ['c1/in-1'] });
    const many = await as('op', 'POST', 'exports', { ...range, format: 'csv', deviceIds: ['c1/in-1'] });
    expect(many).toMatchObject({ status: 429, body: { code: 'too-many-exports' } });
    const states = (await as('op', 'GET', 'exports')).body.items.map((one: Export) => one.state);
    expect(states.toSorted()).toEqual(['running', 'waiting', 'waiting']);
    await ask('admin', { deviceIds: ['c1/in-1'] });
    Object.assign(exportLimits, { keptPerPerson: 1, openPerPerson: 99 });
    const kept = await as('admin', 'POST', 'exports', { ...range, format: 'csv', deviceIds: ['c1/in-1'] });
    expect(kept.status).toBe(429);
    open();
    await ended('op', first.id);
  });

  it('refuses what is no request', async () => {
    const device = { deviceIds: ['c1/in-1'] };
    for (const body of [
      {},
      { ...range, format: 'csv' },
      { ...range, ...device, areaId: 'g1', format: 'csv' },
      { ...range, ...device, format: 'xlsx' },
      { ...range, deviceIds: [], format: 'csv' },
      { ...range, deviceIds: ['../../etc/passwd'], format: 'csv' },
      { ...range, deviceIds: [`c1/${"'; drop table exports --"}`], format: 'csv' },
      { ...range, areaId: '../..', format: 'csv' },
      { ...range, ...device, metrics: [], format: 'csv' },
      { ...range, ...device, metrics: [7], format: 'csv' },
      { from: range.to, to: range.from, ...device, format: 'csv' },
      { from: 'yesterday', to: 'today', ...device, format: 'csv' },
      { ...range, deviceIds: Array.from({ length: 201 }, (_, n) => `c1/d-${n}`), format: 'csv' },
    ])
      expect([body, (await as('op', 'POST', 'exports', body)).status]).toEqual([body, 400]);
    for (const id of ['..%2f..%2fetc%2fpasswd', "'", '%00', 'not-a-uuid', `${randomUUID()}.csv`])
      for (const path of [`exports/${id}`, `exports/${id}/file`])
        expect([path, [400, 404].includes((await as('op', 'GET', path)).status)]).toEqual([path, true]);
    expect((await as('op', 'GET', 'exports/..%2f..%2fetc%2fpasswd/file')).status).toBe(400);
    expect((await as('op', 'GET', `exports/${randomUUID()}/file`)).status).toBe(404);
    expect((await gateway.call('GET', 'exports')).status).toBe(401);
  });

  it('waits for the next process when its own stops in the middle', async () => {
    const { open, reached } = gatedScan();
    const { id } = await ask('op', { deviceIds: ['c1/in-1'] });
    await reached;
    const runner = gateway.app.get(ExportRunner, { strict: false });
    const stop = runner.beforeApplicationShutdown.bind(runner);
    // It goes on only when it has been told to stop.
    runner.beforeApplicationShutdown = () => {
      const stopping = stop();
      open();
      return stopping;
    };
    await gateway.app.close();
    expect(await row(id)).toMatchObject({ state: 'waiting', attempts: 0, runner: null });
    expect(await files()).toEqual([]);
  });
});
