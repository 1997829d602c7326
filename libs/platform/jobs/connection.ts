import type { Settings } from '@sc/platform/config';

/** Where the queue and the wake-up between processes live. */
export type QueueConnection = { kind: 'postgres'; url: string } | { kind: 'redis'; url: string };

/** The one place that decides it: `REDIS_URL` if set, else the PostgreSQL of everything else. */
export function queueConnection(settings: Pick<Settings, 'REDIS_URL'>, databaseUrl: string): QueueConnection {
  return settings.REDIS_URL ? { kind: 'redis', url: settings.REDIS_URL } : { kind: 'postgres', url: databaseUrl };
}

/**
 * BullMQ's pool. Its commits do not wait for the disk: after a crash of PostgreSQL the queue may have forgotten its last moments, and
 * what it says was only ever a hint (ADR 2); the sweep and the rows make up for it.
 */
export const queuePool = (connectionString: string, max: number) => ({
  connectionString,
  max,
  connectionTimeoutMillis: 10_000,
  options: '-c synchronous_commit=off',
});

/** The queue cannot be asked now; the rows in `jobs` are safe, and the sweep hands them over later. */
export class QueueUnavailableError extends Error {
  readonly code = 'queue-unavailable';
}

/** @throws QueueUnavailableError when the work takes longer; it goes on, what it would have done may be done again */
export async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new QueueUnavailableError(`no answer within ${limitMs} ms`)), limitMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** How a Redis that went away is looked for: soon at first, then every two seconds, for ever. */
export const redisReconnect = {
  connectTimeout: 5_000,
  keepAlive: 10_000,
  retryStrategy: (times: number): number => Math.min(2_000, 50 * 2 ** Math.min(times, 6)),
};
