import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loginAsAdmin, waitUntil } from '../../dist/simulators/client/index.js';
import { atEnd } from './cleanup.mjs';
import { end, freePort, hasEnded, isAlive } from './processes.mjs';

export const root = resolve(import.meta.dirname, '../..');
const launched = pathToFileURL(join(root, 'scripts/toolchain/launched.mjs')).href;
/** Its own limit for a clean stop is 20 s. */
const stopLimitMs = 25_000;
const startLimitMs = 180_000;

/**
 * The product as `npm start -- --no-simulators` starts it, on a DATA_DIR and ports of its own, with its demo community.
 * @param options `environment`: further settings of the platform; `nodeArguments`: of its Node; `dataDir`: a folder that is there
 * @throws Error with its output when it does not start
 */
export async function startPlatform(options = {}) {
  const dataDir = options.dataDir ?? (await makeDataDir());
  const platform = new Platform(dataDir, [await freePort(), await freePort()], options);
  await platform.launch();
  platform.demo = JSON.parse(await readFile(join(dataDir, 'secrets', 'demo.json'), 'utf8'));
  platform.admin = await loginAsAdmin(platform);
  return platform;
}

/** Removed at the end. As root PostgreSQL runs as another user, who has to reach what lies below. */
export async function makeDataDir() {
  const dataDir = await mkdtemp(join(tmpdir(), 'smart-community-bench-'));
  await chmod(dataDir, 0o755);
  atEnd(() => rm(dataDir, { recursive: true, force: true }));
  return dataDir;
}

class Platform {
  output = '';

  constructor(dataDir, [httpPort, mqttPort], { environment = {}, nodeArguments = [] }) {
    this.dataDir = dataDir;
    this.httpUrl = `http://127.0.0.1:${httpPort}`;
    this.mqttPort = Number(environment.MQTT_PORT ?? mqttPort);
    this.nodeArguments = nodeArguments;
    this.environment = {
      PATH: process.env.PATH ?? '',
      DATA_DIR: dataDir,
      HTTP_PORT: String(httpPort),
      MQTT_PORT: String(mqttPort),
      ...environment,
    };
    this.stop = atEnd(async () => {
      await end(this.child, 'SIGINT', stopLimitMs);
      await this.endPostgres();
      await rm(dataDir, { recursive: true, force: true });
    });
  }

  get pid() {
    return this.child.pid;
  }

  /** Starts it, or starts it again on the same data and ports after `kill()`. */
  async launch() {
    const main = join(root, 'dist/apps/community/src/main.js');
    this.output = '';
    this.child = spawn(
      process.execPath,
      ['--enable-source-maps', ...this.nodeArguments, '--import', launched, main, '--no-simulators'],
      { cwd: root, env: this.environment, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
    );
    const { child } = this;
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (this.output += chunk));
    const isReady = () => hasEnded(child) || this.output.includes('Ctrl-C stops');
    await waitUntil('the platform says that it is ready', isReady, { limitMs: startLimitMs });
    if (hasEnded(child)) throw new Error(`the platform did not start:\n${this.output}`);
  }

  /** `kill -9`: its PostgreSQL stays behind, as in life. */
  async kill() {
    const exited = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exited;
  }

  /** Process id of the PostgreSQL it started; undefined when it is not running. */
  async postgresPid() {
    const pid = Number((await this.postmasterFile())[0]);
    return pid > 1 ? pid : undefined;
  }

  async postgresPort() {
    return Number((await this.postmasterFile())[3]);
  }

  /** Lines of postmaster.pid. */
  async postmasterFile() {
    const elsewhere = await readFile(join(this.dataDir, 'postgres-location'), 'utf8').catch(() => '');
    const folder = elsewhere.trim() || join(this.dataDir, 'postgres');
    return (await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  }

  /** A product that had to be killed leaves its PostgreSQL behind. */
  async endPostgres() {
    const pid = await this.postgresPid();
    if (pid === undefined || !isAlive(pid)) return;
    process.kill(pid, 'SIGQUIT');
    await waitUntil('PostgreSQL has ended', () => !isAlive(pid), { limitMs: 10_000 }).catch(() => undefined);
  }

  /** Metrics of `/metrics` with this name, by their labels as written there (`''` without labels). */
  async metrics(name) {
    const text = await (await fetch(`${this.httpUrl}/metrics`)).text();
    const found = new Map();
    for (const line of text.split('\n')) {
      const match = /^([a-z_]+)(?:\{(.*)\})? (\S+)$/.exec(line);
      if (match?.[1] === name) found.set(match[2] ?? '', Number(match[3]));
    }
    return found;
  }

  /** Readings that were stored, and those that were known already, since it was started. */
  async readings() {
    const found = await this.metrics('sc_readings_total');
    return { stored: found.get('result="stored"') ?? 0, duplicate: found.get('result="duplicate"') ?? 0 };
  }
}
