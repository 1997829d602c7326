import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import type { Account } from './account.js';
import type { Binaries } from './binaries.js';
import { EmbeddedPostgresError } from './embedded-postgres.error.js';
import { waitUntil } from './wait.js';

/** Crash recovery replays the write-ahead log (at most 1 GB between checkpoints), which a slow disk may need minutes for. */
const READY_LIMIT_MS = 300_000;
const FAST_SHUTDOWN_LIMIT_MS = 30_000;
const IMMEDIATE_SHUTDOWN_LIMIT_MS = 5_000;
const LOG_ROTATION_BYTES = 10_000_000;

/** Given on the command line, so that they hold for every cluster whatever its postgresql.conf says. */
const SERVER_SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  // A socket file adds nothing on one machine, and its path may be at most 107 bytes long.
  unix_socket_directories: '',
  // With the queue in PostgreSQL each dispatch process takes some fifty.
  max_connections: '200',
  shared_buffers: '128MB',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  idle_in_transaction_session_timeout: '30s',
  TimeZone: 'UTC',
  log_timezone: 'UTC',
  password_encryption: 'scram-sha-256',
  // Failed statements and their details quote row values: personal data stays out of the log.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

export interface PostmasterOptions {
  binaries: Binaries;
  account: Account;
  directory: string;
  logFile: string;
  port: number;
}

/** One running PostgreSQL server process. */
export interface Postmaster {
  pid: number;
  /** Settles when the process has ended, for whatever reason. */
  exited: Promise<number | string>;
  /** Fast shutdown within a limit, then an immediate one. The data is safe either way. */
  stop(): Promise<void>;
}

/** @throws EmbeddedPostgresError with the end of the log when the server does not come up. */
export async function startPostmaster({
  binaries,
  account,
  directory,
  logFile,
  port,
}: PostmasterOptions): Promise<Postmaster> {
  const log = await openLog(logFile);
  const logStart = statSync(logFile).size;
  const settings = Object.entries(SERVER_SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(binaries.postgres, ['-D', directory, '-p', String(port), ...settings], {
    cwd: dirname(directory),
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
    stdio: ['ignore', log, log],
    // A group of its own: Ctrl-C on the terminal reaches the platform, which stops its database last.
    detached: true,
    ...(account.foreign ? { uid: account.uid, gid: account.gid } : {}),
  });
  closeSync(log);
  const exited = new Promise<number | string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  let end: number | string | undefined;
  void exited.then((how) => (end = how));
  const ready = await waitUntil(() => end !== undefined || isReady(directory, child.pid), READY_LIMIT_MS);
  if (end !== undefined || !ready || child.pid === undefined) {
    child.kill('SIGQUIT');
    const tail = (await readFile(logFile, 'utf8')).slice(logStart).slice(-2_000).trim();
    throw new EmbeddedPostgresError(
      `PostgreSQL did not start (${end ?? 'time limit'}); the end of ${logFile}:\n${tail}`,
    );
  }
  child.unref();
  return { pid: child.pid, exited, stop: () => stop(child, exited) };
}

/** The eighth line of postmaster.pid is its status. */
function isReady(directory: string, pid: number | undefined): boolean {
  try {
    const lines = readFileSync(join(directory, 'postmaster.pid'), 'utf8').split('\n');
    return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}

async function stop(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  child.ref();
  let ended = false;
  void exited.then(() => (ended = true));
  await Promise.resolve();
  for (const [signal, limitMs] of [
    ['SIGINT', FAST_SHUTDOWN_LIMIT_MS],
    ['SIGQUIT', IMMEDIATE_SHUTDOWN_LIMIT_MS],
    ['SIGKILL', IMMEDIATE_SHUTDOWN_LIMIT_MS],
  ] as const) {
    if (ended) return;
    child.kill(signal);
    if (await waitUntil(() => ended, limitMs)) return;
  }
}

async function openLog(file: string): Promise<number> {
  await mkdir(dirname(file), { recursive: true });
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LOG_ROTATION_BYTES) await rename(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}

/** A TCP port that is free now. Another program may still take it first: the caller tries again. */
export async function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
