import { spawn } from 'node:child_process';

export interface Guardian {
  /** From now on this is what has to be cleared up; `''` for nothing. */
  watch(target: string): void;
  /** Nothing is left to clear up. */
  dismiss(): void;
}

/**
 * A process of its own that clears up when we end without doing so, by `kill -9` too: its standard input closes then.
 * @param clearUp shell commands, with the last watched target in `$target`
 */
export function startGuardian(clearUp: string): Guardian {
  const program = `target=; while read -r line; do target=$line; done; if [ -n "$target" ]; then ${clearUp}; fi`;
  const child = spawn('/bin/sh', ['-c', program], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  // Neither may keep a test run from ending.
  child.unref();
  (child.stdin as unknown as { unref?(): void }).unref?.();
  return {
    watch: (target) => void child.stdin.write(`${target}\n`),
    dismiss: () => void child.stdin.end('\n'),
  };
}
