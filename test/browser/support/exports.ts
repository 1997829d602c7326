import { type Export, exportSchema } from '@sc/contracts';

const id = (n: number): string => `00000000-0000-4000-8000-${(9400 + n).toString().padStart(12, '0')}`;

/** One of each state, with names and reasons as long as they get. */
export function someExports(now: number): Export[] {
  const at = (hours: number) => new Date(now + hours * 3_600_000).toISOString();
  const base = {
    format: 'csv',
    progress: 0,
    rows: 0,
    bytes: 0,
    error: null,
    areaId: null,
    devices: 1,
    deviceIds: ['sunny/smoke-1'],
    metrics: null,
    from: at(-24),
    to: at(0),
    fileName: 'readings_sunny_smoke-1_2026-11-21_2026-11-22.csv',
    createdAt: at(-1),
    finishedAt: null,
    expiresAt: null,
  };
  return [
    { ...base, id: id(1), state: 'running', progress: 0.42, rows: 128_400, bytes: 9_300_000 },
    { ...base, id: id(2), state: 'waiting' },
    {
      ...base,
      id: id(3),
      state: 'done',
      format: 'parquet',
      progress: 1,
      rows: 4_812_233,
      bytes: 38_200_000,
      areaId: 'community',
      devices: 214,
      fileName: 'readings_the-longest-name-an-area-of-a-community-can-have-here_2026-10-23_2026-11-22.parquet',
      finishedAt: at(-1),
      expiresAt: at(23),
    },
    { ...base, id: id(4), state: 'failed', error: 'too-many-rows', finishedAt: at(-2), expiresAt: at(22) },
  ].map((one) => exportSchema.parse(one));
}
