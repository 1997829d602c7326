import { cp, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { DuckDbTimeSeries } from '@sc/platform/time-series';
import { batchOf } from './time-series-child/batches.js';

const headerBytes = 3 * 4096;
const blockBytes = 262_144;
const first = batchOf(1);
const second = batchOf(2);

/** A file as a checkpoint leaves it that was killed, or lost its power, in the middle of a block of metadata. */
describe('a checkpoint that was broken off', () => {
  let folder: string;
  const at = (...names: string[]) => join(folder, ...names);
  const stored = async (directory: string): Promise<number> => {
    const series = new DuckDbTimeSeries({ directory });
    try {
      const { duplicates } = await series.append([...first, ...second]);
      return duplicates;
    } finally {
      await series.close();
    }
  };

  /** `before`: a checkpoint of the first batch, the second in the log. `after`: the next checkpoint has come to its end. */
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'torn-checkpoint-'));
    const once = new DuckDbTimeSeries({ directory: at('after') });
    await once.append(first);
    await once.close();
    const again = new DuckDbTimeSeries({ directory: at('after') });
    await again.append(second);
    await cp(at('after'), at('before'), { recursive: true });
    await again.close();
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** `before` with the first half of each block that the checkpoint rewrote in place, and what was kept of it. @returns how many */
  async function tear(): Promise<number> {
    const [before, after] = await Promise.all(['before', 'after'].map((name) => readFile(at(name, 'readings.duckdb'))));
    await cp(at('before'), at('torn'), { recursive: true });
    await cp(at('after', 'readings.duckdb.guard'), at('torn', 'readings.duckdb.guard'));
    const guard = await readFile(at('torn', 'readings.duckdb.guard'));
    const file = await open(at('torn', 'readings.duckdb'), 'r+');
    let torn = 0;
    for (let start = headerBytes; start + blockBytes <= before!.length; start += blockBytes) {
      const kept = guard.indexOf(before!.subarray(start, start + blockBytes)) >= 0;
      const written = after!.subarray(start, start + blockBytes / 2);
      if (!kept || written.equals(before!.subarray(start, start + blockBytes / 2))) continue;
      await file.write(written, 0, written.length, start);
      torn += 1;
    }
    await file.close();
    return torn;
  }

  it('is undone, and everything acknowledged is there', async () => {
    expect(await tear()).toBeGreaterThan(0);
    await cp(at('torn'), at('bare'), { recursive: true });
    await expect(DuckDBInstance.create(at('bare', 'readings.duckdb')).then((one) => one.connect())).rejects.toThrow(
      'Corrupt database file',
    );
    const warned: string[] = [];
    const logger = { warn: (_: object, words: string) => warned.push(words) };
    const series = new DuckDbTimeSeries({ directory: at('torn') }, logger as never);
    expect(await series.append([...first, ...second])).toEqual({
      stored: 0,
      duplicates: first.length + second.length,
      conflicts: 0,
    });
    expect(warned).toEqual([expect.stringContaining('undone')]);
    await series.close();
    expect(await stored(at('torn'))).toBe(first.length + second.length);
  });

  it('of which nothing whole was kept stays a clear error, and the file as it is', async () => {
    await tear();
    const guard = await readFile(at('torn', 'readings.duckdb.guard'));
    const before = await readFile(at('torn', 'readings.duckdb'));
    for (const kept of [guard.subarray(0, -1), Buffer.alloc(0), Buffer.concat([guard, Buffer.from('x')])]) {
      await writeFile(at('torn', 'readings.duckdb.guard'), kept);
      await expect(stored(at('torn'))).rejects.toMatchObject({
        code: 'time-series-unavailable',
        message: expect.stringContaining('Corrupt database file') as string,
      });
    }
    expect(before.equals(await readFile(at('torn', 'readings.duckdb')))).toBe(true);
  });

  it('is told from damage after it had come to its end, which nothing here can mend', async () => {
    const file = await open(at('after', 'readings.duckdb'), 'r+');
    await file.write(Buffer.from('damage'), 0, 6, headerBytes + 1000);
    await file.close();
    await expect(stored(at('after'))).rejects.toMatchObject({ code: 'time-series-unavailable' });
  });

  it('that came to its end leaves nothing to undo', async () => {
    expect(await stored(at('after'))).toBe(first.length + second.length);
    expect(await stored(at('before'))).toBe(first.length + second.length);
  });
});
