import { readdirSync, readFileSync, statSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Logger } from '@sc/platform/logging';
import { EmbeddedPostgresError } from './embedded-postgres.error.js';
import { waitUntil } from './wait.js';

const FAST_SHUTDOWN_LIMIT_MS = 20_000;
const KILL_LIMIT_MS = 5_000;

/**
 * Ends every PostgreSQL process that a killed platform left on this data directory, cleanly if it listens, and removes the stale
 * lock file. A process is recognised by what it is (a `postgres` whose working directory is this data directory), never by the
 * number in `postmaster.pid` alone: after a reboot that number may be somebody else's.
 */
export async function stopLeftovers(directory: string, logger: Logger): Promise<void> {
  const lockFile = join(directory, 'postmaster.pid');
  const written = Number((await readFile(lockFile, 'utf8').catch(() => '')).split('\n')[0]);
  const found = processesOn(directory);
  if (found.length > 0) {
    const postmaster = found.includes(written) ? written : undefined;
    logger.warn({ postmaster, processes: found.length }, 'stopping PostgreSQL left over from a killed run');
    if (postmaster) signal(postmaster, 'SIGINT');
    await waitUntil(() => processesOn(directory).length === 0, postmaster ? FAST_SHUTDOWN_LIMIT_MS : KILL_LIMIT_MS);
    // Safe for the data: everything committed is in the write-ahead log, and the next start replays it.
    for (const pid of processesOn(directory)) signal(pid, 'SIGKILL');
    if (!(await waitUntil(() => processesOn(directory).length === 0, KILL_LIMIT_MS))) {
      throw new EmbeddedPostgresError(
        `PostgreSQL processes ${processesOn(directory).join(', ')} on ${directory} cannot be stopped.`,
      );
    }
  }
  await rm(lockFile, { force: true });
}

/** Process ids of all PostgreSQL processes that work in `directory`. */
export function processesOn(directory: string): number[] {
  const wanted = statOf(directory);
  if (!wanted) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      const words = commandLine(pid);
      const program = words[0] ?? '';
      // Backends rewrite their title to `postgres: role database …`.
      if (!program.startsWith('postgres:') && basename(program) !== 'postgres') return false;
      const folder = statOf(`/proc/${pid}/cwd`);
      // Containers often forbid even root to look there: then the postmaster is known by its arguments.
      if (!folder) return words[words.indexOf('-D') + 1] === directory;
      return folder.ino === wanted.ino && folder.dev === wanted.dev;
    });
}

function commandLine(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

function statOf(path: string): { ino: number; dev: number } | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself in the meantime.
  }
}
