import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type DemoFile, demoFileSchema } from '@sc/contracts';
import { Platform } from './platform.js';
import { freePort } from './services/binary.js';
import { postgresFolder, postmasterFile } from './postgres-folder.js';
import { waitUntil } from './wait.js';

const entry = resolve('dist/apps/community/src/main.js');

/** The product as a person starts it: a process of its own on a DATA_DIR and ports of its own. */
export class PlatformProcess extends Platform {
  override readonly acknowledgesAfterCommit = true;
  private child?: ChildProcess;
  output = '';

  private constructor(
    readonly dataDir: string,
    readonly httpPort: number,
    readonly mqttPort: number,
  ) {
    super();
  }

  /** @param folder its DATA_DIR; left out, a new one */
  static async create(folder?: string): Promise<PlatformProcess> {
    if (!existsSync(entry)) throw new Error('the product is not built: run the tests by `npm test`');
    const dataDir = folder ?? (await mkdtemp(join(tmpdir(), 'smart-community-')));
    return new PlatformProcess(dataDir, await freePort(), await freePort());
  }

  get httpUrl(): string {
    return `http://127.0.0.1:${this.httpPort}`;
  }

  get mqttUrl(): string {
    return `mqtt://127.0.0.1:${this.mqttPort}`;
  }

  get environment(): Record<string, string> {
    return {
      PATH: process.env['PATH'] ?? '',
      DATA_DIR: this.dataDir,
      HTTP_PORT: String(this.httpPort),
      MQTT_PORT: String(this.mqttPort),
      LOG_LEVEL: 'info',
    };
  }

  /** Starts it and waits until it says that it is ready. `arguments_` such as `--no-simulators`. */
  async start(arguments_: string[] = ['--no-simulators'], extra: Record<string, string> = {}): Promise<void> {
    this.output = '';
    const child = spawn(process.execPath, [entry, ...arguments_], {
      env: { ...this.environment, ...extra },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    child.stdout?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    await waitUntil(
      () => child.exitCode !== null || child.signalCode !== null || this.output.includes('Ctrl-C stops'),
      120_000,
    );
    if (!this.output.includes('Ctrl-C stops'))
      throw new Error(`the platform did not start:\n${this.output}\n${await this.log()}`);
  }

  /** Runs it to its end, for starts that are refused. */
  async startRefused(
    arguments_: string[] = ['--no-simulators'],
    extra: Record<string, string> = {},
  ): Promise<{ code: number | null; output: string }> {
    const child = spawn(process.execPath, [entry, ...arguments_], {
      env: { ...this.environment, ...extra },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await once(child, 'close');
    return { code: child.exitCode, output };
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  get running(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** As Ctrl-C does. @returns the exit code */
  async stop(): Promise<number | null> {
    return this.end('SIGINT');
  }

  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Resolves when it has ended by itself, as at a fault hook. */
  async ended(): Promise<void> {
    if (this.child && this.running) await once(this.child, 'exit');
  }

  private async end(signal: NodeJS.Signals): Promise<number | null> {
    if (!this.child || !this.running) return this.child?.exitCode ?? null;
    const exited = once(this.child, 'exit');
    this.child.kill(signal);
    await exited;
    return this.child.exitCode;
  }

  async log(): Promise<string> {
    return (await readFile(join(this.dataDir, 'logs', 'community.log'), 'utf8').catch(() => '')).slice(-4000);
  }

  async demo(): Promise<DemoFile> {
    return demoFileSchema.parse(JSON.parse(await readFile(join(this.dataDir, 'secrets', 'demo.json'), 'utf8')));
  }

  /** Ends everything, a PostgreSQL left by `kill` included, and removes the folder. */
  async dispose(): Promise<void> {
    await this.kill();
    const database = await postgresFolder(this.dataDir);
    const pid = Number((await postmasterFile(database))[0]);
    if (pid > 1) {
      try {
        process.kill(pid, 'SIGQUIT');
        await waitUntil(() => !isAlive(pid));
      } catch {
        // it had ended by itself
      }
    }
    if (dirname(database) !== this.dataDir) await rm(dirname(database), { recursive: true, force: true });
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
