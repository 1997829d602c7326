import { setTimeout as wait } from 'node:timers/promises';

const everyMs = 300;

/**
 * Looks again until it is well or the limit is reached, and answers the last look. A look that fails because something is
 * still coming up is not an answer. @throws what the last look threw when none succeeded
 */
export async function poll<T>(look: () => Promise<T>, isWell: (seen: T) => boolean, limitMs: number): Promise<T> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const seen = await look().then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    if ('value' in seen && isWell(seen.value)) return seen.value;
    if (Date.now() > deadline) {
      if ('value' in seen) return seen.value;
      throw seen.error;
    }
    await wait(everyMs);
  }
}
