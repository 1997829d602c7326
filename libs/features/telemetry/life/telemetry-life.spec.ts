import { retentionDays } from '@sc/contracts';
import { domains } from '@sc/domains';
import type { DeviceRegistry } from '@sc/features/devices';
import { createLogger } from '@sc/platform/logging';
import { DiskSpace, type Maintenance, type MaintenanceStep } from '@sc/platform/time-series';
import { InMemoryTimeSeries } from '../../../platform/time-series/in-memory-time-series.js';
import { ClockJumps } from './clock-jumps.js';
import { TelemetryLife } from './telemetry-life.js';

const dayMs = 86_400_000;
const T = Date.UTC(2026, 0, 1);

/** Remembers what it was asked for. */
class Watched extends InMemoryTimeSeries {
  readonly asked: string[] = [];

  override async compact(maintenance: Maintenance): Promise<MaintenanceStep | undefined> {
    this.asked.push('compact');
    return super.compact(maintenance);
  }

  override async expire(maintenance: Maintenance): Promise<MaintenanceStep | undefined> {
    this.asked.push('expire');
    return super.expire(maintenance);
  }
}

function aLife(overrides: { freeBytes?: number; ready?: () => Promise<void> } = {}) {
  const clock = { time: T, now: () => clock.time };
  const volume = { freeBytes: overrides.freeBytes ?? 1e6, totalBytes: 1e6 };
  const disk = new DiskSpace({ directory: '/', reserveBytes: 1_000, measure: async () => volume });
  const series = new Watched();
  const registry = {
    ready: overrides.ready ?? (async () => undefined),
    get: (id: string) => (id === 'smoke' ? { domain: 'fire' } : undefined),
  } as unknown as DeviceRegistry;
  const life = new TelemetryLife(series, disk, registry, clock, createLogger('silent'), domains);
  return { life, series, disk, clock };
}

describe('TelemetryLife', () => {
  it('compacts every time and deletes once an hour, each metric after the retention of its class', async () => {
    const { life, series, clock } = aLife();
    const { raw } = retentionDays.technical;
    const at = (days: number) => T - days * dayMs;
    await series.append(
      ['battery', 'smoke'].flatMap((metric) =>
        [raw - 1, raw + 1].map((days) => ({ deviceId: 'smoke', metric, ts: at(days), value: 1 })),
      ),
    );
    await life.run();
    const left = await series.read({ deviceIds: ['smoke'], metric: 'battery', from: 0, to: T, limit: 9 });
    expect(left.map(({ ts }) => ts)).toEqual([at(raw - 1)]);
    expect(await series.read({ deviceIds: ['smoke'], metric: 'smoke', from: 0, to: T, limit: 9 })).toHaveLength(2);
    clock.time += 60_000;
    await life.run();
    expect(series.asked).toEqual(['compact', 'expire', 'compact']);
  });

  it('deletes nothing while the devices are not known: each metric would seem to be one nobody describes', async () => {
    const { life, series } = aLife({ ready: () => Promise.reject(new Error('PostgreSQL is away')) });
    await life.run();
    expect(series.asked).toEqual(['compact']);
  });

  it('deletes nothing after the clock jumped', async () => {
    const { life, series, clock } = aLife();
    await life.run();
    clock.time += 400 * dayMs;
    await life.run();
    expect(series.asked).toEqual(['compact', 'expire', 'compact']);
  });

  it('only deletes while the disk is full, and looks each time whether it may', async () => {
    const { life, series, disk } = aLife({ freeBytes: 10 });
    await disk.look();
    await life.run();
    await life.run();
    expect(series.asked).toEqual(['expire', 'expire']);
  });

  it('goes on after a failure', async () => {
    const { life, series } = aLife();
    series.unavailable = true;
    await life.run();
    series.unavailable = false;
    await life.run();
    expect(series.asked).toEqual(['compact', 'compact', 'expire']);
  });
});

describe('ClockJumps', () => {
  it('believes a clock that runs, and one that jumped only after a day of running', () => {
    let monotonic = 0;
    const jumps = new ClockJumps(() => monotonic);
    expect(jumps.trusts(T)).toBe(true);
    monotonic = 5 * dayMs;
    expect(jumps.trusts(T + 5 * dayMs + 1_000)).toBe(true);
    expect(jumps.trusts(T)).toBe(false);
    monotonic += dayMs - 1;
    expect(jumps.trusts(T + dayMs)).toBe(false);
    monotonic += 1;
    expect(jumps.trusts(T + dayMs)).toBe(true);
  });
});
