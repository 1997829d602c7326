import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loginAsAdmin, waitUntil } from '../../dist/simulators/client/index.js';
import { atEnd } from './cleanup.mjs';
import { end, freePort, hasEnded } from './processes.mjs';

const root = resolve(import.meta.dirname, '../..');
const launched = pathToFileURL(join(root, 'scripts/toolchain/launched.mjs')).href;
/** Its own limit for a clean stop is 20 s. */
const stopLimitMs = 25_000;

/**
 * The product as `npm start -- --no-simulators` starts it, on a DATA_DIR and ports of its own, with its demo community.
 * @throws Error with its output when it does not start
 */
export async function startPlatform() {
  const dataDir = await mkdtemp(join(tmpdir(), 'smart-community-bench-'));
  const removeData = atEnd(() => rm(dataDir, { recursive: true, force: true }));
  const [httpPort, mqttPort] = [await freePort(), await freePort()];
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', '--import', launched, join(root, 'dist/apps/community/src/main.js'), '--no-simulators'],
    {
      cwd: root,
      env: {
        PATH: process.env.PATH ?? '',
        DATA_DIR: dataDir,
        HTTP_PORT: String(httpPort),
        MQTT_PORT: String(mqttPort),
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  const stop = atEnd(async () => {
    await end(child, 'SIGINT', stopLimitMs);
    await endPostgres(dataDir);
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  await waitUntil('the platform says that it is ready', () => hasEnded(child) || output.includes('Ctrl-C stops'));
  if (hasEnded(child)) throw new Error(`the platform did not start:\n${output}`);

  const httpUrl = `http://127.0.0.1:${httpPort}`;
  const demo = JSON.parse(await readFile(join(dataDir, 'secrets', 'demo.json'), 'utf8'));
  const admin = await loginAsAdmin({ httpUrl, demo });
  return {
    pid: child.pid,
    httpUrl,
    mqttPort,
    demo,
    admin,
    async stop() {
      await stop();
      await removeData();
    },
    async log() {
      return (await readFile(join(dataDir, 'logs', 'community.log'), 'utf8').catch(() => '')).slice(-4000);
    },
  };
}

/** A product that had to be killed leaves its PostgreSQL behind. */
async function endPostgres(dataDir) {
  const file = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number(file.split('\n')[0]);
  if (!(pid > 1)) return;
  try {
    process.kill(pid, 'SIGQUIT');
    await waitUntil('PostgreSQL has ended', () => !isAlive(pid), { limitMs: 10_000 });
  } catch {
    // It had ended by itself.
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Counters of `/metrics` with this name, by their labels as written there (`''` without labels). */
export async function counters(httpUrl, name) {
  const text = await (await fetch(`${httpUrl}/metrics`)).text();
  const found = new Map();
  for (const line of text.split('\n')) {
    const match = /^([a-z_]+)(?:\{(.*)\})? (\S+)$/.exec(line);
    if (match?.[1] === name) found.set(match[2] ?? '', Number(match[3]));
  }
  return found;
}
