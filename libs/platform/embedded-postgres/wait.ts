import { setTimeout as sleep } from 'node:timers/promises';

/** Looks every 20 ms, at most `limitMs` long. @returns whether the condition came true. */
export async function waitUntil(condition: () => boolean | Promise<boolean>, limitMs: number): Promise<boolean> {
  const end = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() >= end) return false;
    await sleep(20);
  }
  return true;
}
