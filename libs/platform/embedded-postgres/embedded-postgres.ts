import { chmod, mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock, type Clock } from '@sc/platform/clock';
import type { Logger } from '@sc/platform/logging';
import { prepareBinaries } from './binaries.js';
import { createCluster, isCluster, passwordsIn } from './cluster.js';
import { locateData, SYSTEM_ROOT } from './data-location.js';
import { EmbeddedPostgresError } from './embedded-postgres.error.js';
import { stopLeftovers } from './leftovers.js';
import { freePort, startPostmaster, type Postmaster, type PostmasterOptions } from './postmaster.js';
import { databaseUrl, provision } from './provision.js';

export interface EmbeddedPostgresOptions {
  /** DATA_DIR. The caller holds its instance lock: two starts at once on one folder are not guarded against here. */
  dataDir: string;
  logger: Logger;
  clock?: Clock;
  /** Where files go that the PostgreSQL account could not reach in DATA_DIR; only when started as root. */
  systemRoot?: string;
}

export interface EmbeddedPostgres {
  /** `postgres://…` of the database `smart_community`, for its owner. It stays the same until {@link stop}. */
  readonly url: string;
  /** Process id of the server; it changes when the server had to be restarted. */
  readonly pid: number;
  /** Stops the server; call it last, after everything that uses the database. May be called again. */
  stop(): Promise<void>;
}

const START_ATTEMPTS = 20;
const START_RETRY_MS = 250;
/** What may pass by itself: a port taken in between, backends of a killed server that still hold its memory. */
const PASSING_REFUSAL = /could not bind|shared memory block .* is still in use/;
const RESTART_DELAYS_MS = [0, 200, 1_000, 5_000];

/**
 * Starts PostgreSQL on DATA_DIR/postgres, creating it on the first start, and keeps it running: a server that dies is started again
 * on the same port. Listens on 127.0.0.1 only. Its log is DATA_DIR/logs/postgres.log.
 * @throws EmbeddedPostgresError saying what to do when it cannot run here.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { logger, clock = systemClock, systemRoot = SYSTEM_ROOT } = options;
  await mkdir(options.dataDir, { recursive: true });
  const dataDir = await realpath(options.dataDir);
  const { account, directory } = await locateData(dataDir, systemRoot, logger, clock);
  const binaries = await prepareBinaries(account, async () => {
    const root = account.foreign ? systemRoot : dataDir;
    await mkdir(root, { recursive: true, mode: 0o755 });
    if (account.foreign) await chmod(root, 0o755);
    logger.info({ root }, 'the PostgreSQL programs cannot be used where npm put them: they are copied here');
    return root;
  });
  await stopLeftovers(directory, logger);
  const exists = await isCluster(directory);
  const passwords = await passwordsIn(dataDir, exists);
  if (!exists) await createCluster(directory, binaries, account, passwords.superuser);
  const fixed = { binaries, account, directory, logFile: join(dataDir, 'logs', 'postgres.log') };
  const { postmaster, port } = await startOnFreePort(fixed);
  try {
    await provision(port, passwords);
  } catch (error) {
    await postmaster.stop();
    throw error;
  }
  logger.info({ pid: postmaster.pid, port, created: !exists }, 'embedded PostgreSQL is ready');
  return supervise(postmaster, { ...fixed, port }, databaseUrl(port, passwords), logger);
}

async function startOnFreePort(
  fixed: Omit<PostmasterOptions, 'port'>,
): Promise<{ postmaster: Postmaster; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    try {
      return { postmaster: await startPostmaster({ ...fixed, port }), port };
    } catch (error) {
      const passing = error instanceof EmbeddedPostgresError && PASSING_REFUSAL.test(error.message);
      if (!passing || attempt === START_ATTEMPTS) throw error;
      await sleep(START_RETRY_MS);
    }
  }
}

function supervise(first: Postmaster, options: PostmasterOptions, url: string, logger: Logger): EmbeddedPostgres {
  let current = first;
  let stopping: Promise<void> | undefined;
  const halt = new AbortController();

  const restart = async (): Promise<Postmaster | undefined> => {
    for (let attempt = 0; !halt.signal.aborted; attempt++) {
      const delay = RESTART_DELAYS_MS[Math.min(attempt, RESTART_DELAYS_MS.length - 1)];
      await sleep(delay, undefined, { signal: halt.signal }).catch(() => undefined);
      if (halt.signal.aborted) return undefined;
      try {
        // Backends outlive a killed postmaster for a moment and block the next one.
        await stopLeftovers(options.directory, logger);
        return await startPostmaster(options);
      } catch (error) {
        logger.error({ err: error, attempt }, 'embedded PostgreSQL does not come up again');
      }
    }
    return undefined;
  };
  const watch = async (): Promise<void> => {
    for (;;) {
      const how = await current.exited;
      if (halt.signal.aborted) return;
      logger.warn({ pid: current.pid, how }, 'embedded PostgreSQL ended by itself and is restarted');
      const next = await restart();
      if (!next) return;
      current = next;
      if (halt.signal.aborted) return;
      logger.info({ pid: current.pid }, 'embedded PostgreSQL is ready again');
    }
  };
  const watching = watch();
  const stop = async (): Promise<void> => {
    halt.abort();
    await current.stop();
    // A restart may have been under way: then the server that it produced is stopped too.
    await watching;
    await current.stop();
    logger.info({}, 'embedded PostgreSQL stopped');
  };
  return {
    url,
    get pid() {
      return current.pid;
    },
    stop: () => (stopping ??= stop()),
  };
}
