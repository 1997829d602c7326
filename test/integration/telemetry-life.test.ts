import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Global, type INestApplicationContext, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { retentionDays } from '@sc/contracts';
import { domains } from '@sc/domains';
import { TelemetryLife, TelemetryLifeModule } from '@sc/features/telemetry';
import { ClockModule } from '@sc/platform/clock';
import { ConfigModule, readSettings } from '@sc/platform/config';
import { DATABASE, UnitOfWork } from '@sc/platform/database';
import { HealthModule, HealthRegistry, Probes } from '@sc/platform/health';
import { WakeModule } from '@sc/platform/jobs';
import { createLogger, LoggingModule } from '@sc/platform/logging';
import { DiskFullError, DiskSpace, TIME_SERIES, type TimeSeries, TimeSeriesModule } from '@sc/platform/time-series';
import { register } from 'prom-client';
import { aReading } from '../../libs/platform/time-series/time-series.conformance.js';
import { aDevice, seedAreas } from '../support/builders.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { waitUntil } from '../support/wait.js';

const DAY = 86_400_000;
const RESERVE = 1_000_000;

describe('the life of stored readings', () => {
  let database: TestDatabase;
  let directory: string;
  let app: INestApplicationContext;
  let series: TimeSeries;
  const volume = { freeBytes: 100 * RESERVE, totalBytes: 1_000 * RESERVE };

  beforeEach(async () => {
    database = await createTestDatabase();
    await seedAreas(database.db);
    await aDevice(database.db, { id: 'garden/smoke-1', areaId: 'r1' });
    directory = await mkdtemp(join(tmpdir(), 'telemetry-life-'));
    volume.freeBytes = 100 * RESERVE;
    app = await start();
    series = app.get<TimeSeries>(TIME_SERIES);
  });
  afterEach(async () => {
    await app.close();
    await database.drop();
    await rm(directory, { recursive: true });
  });

  async function start(): Promise<INestApplicationContext> {
    @Global()
    @Module({
      providers: [{ provide: DATABASE, useValue: database.db }, UnitOfWork],
      exports: [DATABASE, UnitOfWork],
    })
    class Stores {}
    const module = await Test.createTestingModule({
      imports: [
        ConfigModule.forRoot(readSettings({})),
        LoggingModule.forRoot(createLogger('silent')),
        ClockModule,
        WakeModule.forRoot(),
        Stores,
        HealthModule,
        TimeSeriesModule.forRoot({
          directory,
          diskSpace: { reserveBytes: RESERVE, checkEveryMs: 10, measure: async () => volume },
        }),
        TelemetryLifeModule.forRoot(domains),
      ],
    }).compile();
    return module.init();
  }

  const health = async () => {
    const { status, checks } = await app.get(HealthRegistry).report();
    return [status, checks['disk']?.detail, checks['disk-space']?.detail];
  };
  const is = (...expected: unknown[]) =>
    waitUntil(async () => JSON.stringify(await health()) === JSON.stringify(expected));

  it('deletes each metric after the retention of its class, and keeps what it came to by the hour', async () => {
    const now = Date.now();
    const ages = { battery: retentionDays.technical.raw + 5, smoke: retentionDays.technical.raw + 5 };
    await series.append(
      Object.entries(ages).flatMap(([metric, days]) =>
        [0, days].map((age) => aReading({ metric, ts: now - age * DAY, value: age })),
      ),
    );
    await app.get(TelemetryLife).run();
    const everything = { deviceIds: ['garden/smoke-1'], from: 0, to: now + DAY };
    const rawOf = async (metric: string) =>
      (await series.read({ ...everything, metric, limit: 9 })).map(({ value }) => value);
    expect(await rawOf('battery')).toEqual([0]);
    expect(await rawOf('smoke')).toEqual([ages.smoke, 0]);
    const hours = await series.aggregate({ ...everything, metric: 'battery', windowMs: 3_600_000, aggregate: 'max' });
    expect(hours.map(({ value }) => value)).toEqual([ages.battery, 0]);
    await app.get(Probes).run();
    const text = await register.metrics();
    expect(text).toMatch(/sc_expired_rows_total\{kind="reading"\} 1\n/);
    expect(text).toMatch(/sc_time_series_rows\{kind="reading"\} 3\n/);
    expect(text).toMatch(/sc_disk_bytes\{kind="reserve"\} 1000000\n/);
  });

  it('warns before the disk is full, refuses readings then, and takes them again when there is room', async () => {
    await series.append([aReading({ ts: 1 })]);
    await is('ok', undefined, undefined);
    volume.freeBytes = 2 * RESERVE;
    await is('degraded', undefined, 'disk-low');
    await series.append([aReading({ ts: 2 })]);
    volume.freeBytes = RESERVE - 1;
    await is('unavailable', 'disk-full', 'disk-low');
    await expect(series.append([aReading({ ts: 3 })])).rejects.toThrow(DiskFullError);
    expect(await series.last(['garden/smoke-1'])).toHaveLength(1);
    volume.freeBytes = 100 * RESERVE;
    await is('ok', undefined, undefined);
    expect(app.get(DiskSpace).state).toBe('plenty');
    expect((await series.append([aReading({ ts: 3 })])).stored).toBe(1);
  });
});
