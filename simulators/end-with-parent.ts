import { fstatSync } from 'node:fs';

/** A stop that hangs must not keep a process alive that nobody waits for any more. */
const stopLimitMs = 4000;
const lookEveryMs = 1000;

/**
 * Runs `stop` once and exits: on SIGTERM, on SIGINT, when the parent closes our stdin (if that is a pipe) or is gone, also by
 * `kill -9`.
 */
export function endWithParent(stop: () => Promise<void>): void {
  const parent = process.ppid;
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(0), stopLimitMs).unref();
    void stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  process.once('disconnect', end);
  if (isPipe(0)) process.stdin.resume().once('end', end).once('error', end);
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, lookEveryMs).unref();
}

/** A terminal or /dev/null at stdin is nobody who waits for us. */
function isPipe(descriptor: number): boolean {
  try {
    const stats = fstatSync(descriptor);
    return stats.isFIFO() || stats.isSocket();
  } catch {
    return false;
  }
}
