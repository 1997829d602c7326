import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { DuckDbTimeSeries, InfluxTimeSeries } from '../../../dist/libs/platform/time-series/index.js';
import { waitUntil } from '../../../dist/simulators/client/index.js';
import { atEnd } from '../cleanup.mjs';
import { end, freePort, hasEnded } from '../processes.mjs';

/** What the platform writes readings with, on an empty folder. @returns undefined where the server is not installed */
export const stores = {
  async DuckDB() {
    const folder = await makeFolder();
    const timeSeries = new DuckDbTimeSeries({ directory: folder.path });
    return { timeSeries, bytes: () => bytesBelow(folder.path), stop: stopping(timeSeries, folder.remove) };
  },

  async InfluxDB() {
    const program = (process.env.PATH ?? '')
      .split(delimiter)
      .map((path) => join(path, 'influxd'))
      .find((path) => existsSync(path));
    if (!program) return undefined;
    const folder = await makeFolder();
    const port = await freePort();
    const child = await startInflux(program, folder.path, port);
    const timeSeries = new InfluxTimeSeries({ url: `http://127.0.0.1:${port}`, bucket: 'bench' });
    const stop = stopping(timeSeries, async () => {
      await end(child);
      await folder.remove();
    });
    return { timeSeries, bytes: () => bytesBelow(folder.path), stop };
  },
};

export async function makeFolder() {
  const path = await mkdtemp(join(tmpdir(), 'smart-community-bench-history-'));
  return { path, remove: atEnd(() => rm(path, { recursive: true, force: true })) };
}

const stopping = (timeSeries, remove) =>
  atEnd(async () => {
    await timeSeries.close();
    await remove();
  });

async function startInflux(program, dir, port) {
  const config = join(dir, 'influxdb.conf');
  const lines = [
    'reporting-disabled = true',
    'bind-address = "127.0.0.1:0"',
    `[meta]\n  dir = "${dir}/meta"`,
    `[data]\n  dir = "${dir}/data"\n  wal-dir = "${dir}/wal"\n  query-log-enabled = false`,
    '[monitor]\n  store-enabled = false',
    `[http]\n  bind-address = "127.0.0.1:${port}"\n  log-enabled = false`,
  ];
  await writeFile(config, `${lines.join('\n')}\n`);
  const child = spawn(program, ['run', '-config', config], { stdio: 'ignore' });
  atEnd(() => end(child, 'SIGTERM', 30_000));
  await waitUntil('InfluxDB answers', async () => {
    if (hasEnded(child)) throw new Error('InfluxDB ended');
    return (await fetch(`http://127.0.0.1:${port}/ping`, { signal: AbortSignal.timeout(2000) })).ok;
  });
  return child;
}

export async function bytesBelow(folder) {
  let sum = 0;
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true }))
    if (entry.isFile()) sum += (await stat(join(entry.parentPath, entry.name)).catch(() => ({ size: 0 }))).size;
  return sum;
}
