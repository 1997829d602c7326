import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { waitUntil } from '../wait.js';
import { startGuardian } from './guardian.js';
import type { ProvideOptions, Service, ServiceDefinition } from './service.js';

/** Debian puts servers where ordinary users' search path does not look. */
export function findProgram(name: string): string | undefined {
  return [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

/** Starts the program in a folder and process group of its own, on a free port of this machine. */
export async function startBinary(
  definition: ServiceDefinition,
  program: string,
  options: ProvideOptions,
): Promise<Service> {
  const dir = await mkdtemp(join(tmpdir(), `smart-community-${definition.program}-`));
  const port = await freePort();
  const url = definition.url('127.0.0.1', port);
  const { command, files } = definition.launch({ dir, host: '127.0.0.1', port }, options);
  await writeFiles(dir, files);
  // The folder is ours by its name: a wrong variable could otherwise remove anything.
  const guardian = startGuardian(`kill -s KILL -- "-$target"; sleep 1; rm -rf '${dir}'`);
  let child: ChildProcess | undefined;

  const isRunning = () => child !== undefined && child.exitCode === null && child.signalCode === null;
  const signal = (name: NodeJS.Signals) => {
    if (child?.pid && isRunning()) process.kill(-child.pid, name);
  };
  const end = async (name: NodeJS.Signals) => {
    if (!child || !isRunning()) return;
    const exited = once(child, 'exit');
    signal(name);
    // A frozen one hears nothing else.
    signal('SIGCONT');
    const limit = setTimeout(() => signal('SIGKILL'), 10_000);
    await exited;
    clearTimeout(limit);
  };
  const start = async () => {
    const log = await open(join(dir, 'log'), 'a');
    // What is found by one program may be run by another: a script by its interpreter.
    const [first = program, ...rest] = command;
    child = spawn(first === definition.program ? program : first, rest, {
      stdio: ['ignore', log.fd, log.fd],
      detached: true,
      cwd: dir,
    });
    child.on('error', () => undefined);
    child.unref();
    guardian.watch(String(child.pid ?? ''));
    await log.close();
    await waitUntil(async () => !isRunning() || (await definition.answers(url).catch(() => false)));
    if (isRunning()) return;
    throw new Error(`${program} ended: ${(await readFile(join(dir, 'log'), 'utf8')).slice(-2_000)}`);
  };
  const stop = async () => {
    await end('SIGTERM');
    guardian.dismiss();
    await rm(dir, { recursive: true, force: true });
  };

  await start().catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    how: 'binary',
    url,
    detail: `${program} ${versionOf(program, definition.versionArguments)}`,
    stop,
    kill: () => end('SIGKILL'),
    restart: async () => {
      await end('SIGTERM');
      await start();
    },
    freeze: async () => {
      signal('SIGSTOP');
      // The signal is sent, not yet felt: on a busy machine a thread goes on for a moment.
      if (child?.pid) await waitUntil(async () => (await threadStates(child?.pid)).every((state) => state === 'T'));
    },
    thaw: async () => signal('SIGCONT'),
  };
}

/** What the kernel says of each thread (proc(5)): `T` is stopped. Empty where there is no such file system. */
async function threadStates(pid: number | undefined): Promise<string[]> {
  const folder = `/proc/${pid}/task`;
  const threads = await readdir(folder).catch(() => []);
  const stats = await Promise.all(
    threads.map((thread) => readFile(join(folder, thread, 'stat'), 'utf8').catch(() => '')),
  );
  return stats.flatMap((stat) => /\) (\w)/.exec(stat)?.[1] ?? []);
}

/**
 * Free now, and below those that the kernel lends to whoever connects (Linux: from 32768, others: from 49152): a server that is killed
 * finds its own again, whatever was connected meanwhile.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 32_768);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}

async function writeFiles(dir: string, files: Record<string, string>): Promise<void> {
  await mkdir(dir, { recursive: true });
  for (const [name, content] of Object.entries(files)) await writeFile(join(dir, name), content, { mode: 0o600 });
}

function versionOf(program: string, arguments_: readonly string[]): string {
  try {
    return firstVersion(execFileSync(program, arguments_, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }));
  } catch (error) {
    // Mosquitto ends with 1 after its help.
    return firstVersion(String((error as { stdout?: string }).stdout ?? ''));
  }
}

const firstVersion = (text: string): string => /\d+\.\d+(\.\d+)?/.exec(text)?.[0] ?? 'of unknown version';
