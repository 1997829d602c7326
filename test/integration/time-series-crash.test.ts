import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BufferedTimeSeries, DuckDbTimeSeries } from '@sc/platform/time-series';
import { batchOf } from './time-series-child/batches.js';

const child = (file: string) => join(import.meta.dirname, 'time-series-child', file);
const LIVES = 5;

/** Starts a child at the given batch, kills it after so many acknowledged ones, and returns those it acknowledged. */
async function acknowledgedBeforeKill(
  directory: string,
  first: number,
  mode: string,
  killAfter: number,
): Promise<number[]> {
  const args = ['--import', child('typescript.mjs'), child('append.ts'), directory, String(first), mode];
  const process_ = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  let output = '';
  let errors = '';
  process_.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  process_.stdout.on('data', (data: Buffer) => {
    output += data.toString();
    if (output.split('\n').length > killAfter) process_.kill('SIGKILL');
  });
  const signal = await new Promise((resolve) => process_.on('close', (_, by) => resolve(by)));
  if (signal !== 'SIGKILL') throw new Error(`the child ended by itself: ${errors}`);
  return output.split('\n').slice(0, -1).map(Number);
}

describe.each(['direct', 'buffered'])('kill -9 while readings are appended (%s)', (mode) => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'time-series-crash-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('keeps every acknowledged reading once, over several lives', async () => {
    const acknowledged: number[] = [];
    let first = 0;
    for (let life = 0; life < LIVES; life += 1) {
      const killAfter = 20 + Math.floor(Math.random() * 120);
      acknowledged.push(...(await acknowledgedBeforeKill(directory, first, mode, killAfter)));
      // The unacknowledged batches come again, as a device would send them.
      first = Math.max(...acknowledged) - 3;
    }
    const store = new DuckDbTimeSeries({ directory });
    const series = new BufferedTimeSeries(store, { directory: join(directory, 'buffer') });
    await series.drain();
    expect(series.bufferedReadings).toBe(0);

    const expected = acknowledged.flatMap(batchOf);
    const stored = new Set<string>();
    let rows = 0;
    for await (const chunk of series.scan(0, Number.MAX_SAFE_INTEGER)) {
      rows += chunk.length;
      for (const reading of chunk)
        stored.add(JSON.stringify([reading.deviceId, reading.metric, reading.ts, reading.value]));
    }
    expect(rows).toBe(stored.size);
    const missing = expected.filter(
      (one) => !stored.has(JSON.stringify([one.deviceId, one.metric, one.ts, one.value])),
    );
    expect(missing).toEqual([]);
    // Of a batch that nobody acknowledged there is all or nothing (its first ten readings are repeated by the next one).
    for (let batch = 0; batch < first + 200; batch += 1) {
      const found = batchOf(batch)
        .slice(10, 100)
        .filter((one) => stored.has(JSON.stringify(Object.values(one))));
      expect([0, 90]).toContain(found.length);
    }
    expect((await series.append(expected)).stored).toBe(0);
    expect(acknowledged.length).toBeGreaterThanOrEqual(LIVES * 20);
    await series.close();
  }, 120_000);
});
