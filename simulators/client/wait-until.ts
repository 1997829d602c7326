import { setTimeout as sleep } from 'node:timers/promises';

export class WaitedTooLongError extends Error {}

/**
 * Asks again and again until the answer is something. The limit is there against hanging, not to measure time.
 * @throws WaitedTooLongError naming what was waited for, with the last error as its cause
 */
export async function waitUntil<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  { limitMs = 60_000, everyMs = 100 } = {},
): Promise<T> {
  const end = performance.now() + limitMs;
  let lastError: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    if (performance.now() >= end)
      throw new WaitedTooLongError(`still not so after ${limitMs / 1000} s: ${what}`, { cause: lastError });
    await sleep(everyMs);
  }
}

/** @throws WaitedTooLongError when `work` does not end in time; the work itself is not stopped */
export async function within<T>(what: string, limitMs: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new WaitedTooLongError(`still not so after ${limitMs / 1000} s: ${what}`)),
      limitMs,
    );
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
