import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDbTimeSeries } from '@sc/platform/time-series';
import { maintained } from '../../libs/platform/time-series/time-series-life.conformance.js';
import { batchOf } from './time-series-child/batches.js';

const child = (file: string) => join(import.meta.dirname, 'time-series-child', file);
const HOUR = 3_600_000;
const LIVES = 6;

/** Kills the child while it compacts: after so many slices and a moment more. */
async function killedWhileCompacting(
  directory: string,
  first: number,
): Promise<{ acknowledged: number[]; slices: number }> {
  const args = ['--import', child('typescript.mjs'), child('compact.ts'), directory, String(first)];
  const running = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const killAfter = 2 + Math.floor(Math.random() * 5);
  let output = '';
  let steps = '';
  running.stdout.on('data', (data: Buffer) => (output += data.toString()));
  running.stderr.on('data', (data: Buffer) => {
    steps += data.toString();
    if (steps.split('compacted').length > killAfter) setTimeout(() => running.kill('SIGKILL'), Math.random() * 100);
  });
  const signal = await new Promise((resolve) => running.on('close', (_, by) => resolve(by)));
  if (signal !== 'SIGKILL') throw new Error(`the child ended by itself: ${steps}`);
  return {
    acknowledged: output.split('\n').slice(0, -1).map(Number),
    slices: steps.split('compacted').length - 1,
  };
}

/** Counts by device, metric and hour: of the readings themselves and of the roll-ups. */
async function countsOf(series: DuckDbTimeSeries): Promise<{ raw: Map<string, number>; rolled: Map<string, number> }> {
  const raw = new Map<string, number>();
  for await (const chunk of series.scan(0, Number.MAX_SAFE_INTEGER)) {
    for (const { deviceId, metric, ts } of chunk) {
      const place = `${deviceId} ${metric} ${Math.floor(ts / HOUR) * HOUR}`;
      raw.set(place, (raw.get(place) ?? 0) + 1);
    }
  }
  const rolled = new Map<string, number>();
  const deviceIds = Array.from({ length: 7 }, (_, index) => `device ${index}`);
  for (const metric of ['metric 0', 'metric 1', 'metric 2']) {
    const query = { deviceIds, metric, from: 0, to: Date.UTC(2100, 0, 1), windowMs: HOUR, aggregate: 'count' } as const;
    for (const { deviceId, ts, value } of await series.aggregate(query))
      rolled.set(`${deviceId} ${metric} ${ts}`, Number(value));
  }
  return { raw, rolled };
}

describe('kill -9 while readings are compacted', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'time-series-life-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('leaves every reading once, in the readings and in the roll-ups, over several lives', async () => {
    const acknowledged: number[] = [];
    let slices = 0;
    for (let life = 0; life < LIVES; life += 1) {
      const lived = await killedWhileCompacting(directory, acknowledged.at(-1) ?? 0);
      acknowledged.push(...lived.acknowledged);
      slices += lived.slices;
    }
    const series = new DuckDbTimeSeries({ directory, sliceReadings: 500 });
    const expected = acknowledged.flatMap(batchOf);
    expect((await series.append(expected)).stored).toBe(0);
    const before = await countsOf(series);
    expect(before.rolled).toEqual(before.raw);
    await maintained(series, { now: Date.UTC(2200, 0, 1) });
    expect((await series.append(expected)).stored).toBe(0);
    const after = await countsOf(series);
    expect(after.raw).toEqual(before.raw);
    expect(after.rolled).toEqual(before.raw);
    expect(slices).toBeGreaterThanOrEqual(LIVES * 2);
    await series.close();
  }, 180_000);
});
