import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '@sc/platform/clock';
import { isTransientDatabaseError } from './connection.js';
import type { Logger } from '@sc/platform/logging';

interface Patience {
  clock: Clock;
  logger: Logger;
  /** For how long an absence is waited out; a restarting PostgreSQL needs seconds. */
  limitMs?: number;
  /** Ends the waiting: we are asked to stop. */
  signal?: AbortSignal;
}

const firstPauseMs = 200;
const lastPauseMs = 2000;

/**
 * Does it again while PostgreSQL does not answer.
 * @throws Error of one clear line when it stays away for longer than the limit; any other failure at once and unchanged
 */
export async function whilePostgresIsAway<T>(
  work: () => Promise<T>,
  { clock, logger, limitMs = 60_000, signal }: Patience,
): Promise<T> {
  const end = clock.now() + limitMs;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, lastPauseMs)) {
    try {
      return await work();
    } catch (error) {
      if (!isTransientDatabaseError(error) || signal?.aborted) throw error;
      const reason =
        error instanceof Error && error.message ? error.message : String((error as { code: unknown }).code);
      if (clock.now() >= end)
        throw new Error(`PostgreSQL did not answer within ${limitMs / 1000} s: ${reason}`, { cause: error });
      logger.warn({ reason, retryInMs: pauseMs }, 'waiting for PostgreSQL');
    }
    await wait(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}
