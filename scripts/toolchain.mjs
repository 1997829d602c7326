// What every command needs first: the packages, a Node 24, a build. Plain JavaScript for Node 20 with nothing installed.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from './toolchain/build-steps.mjs';
import { install } from './toolchain/install.mjs';
import { withPrepareLock } from './toolchain/prepare-lock.mjs';
import { ROOT } from './toolchain/root.mjs';

export { ensureNode24 } from './toolchain/node24.mjs';
export { runNode } from './toolchain/run-node.mjs';
export { reportFailure } from './toolchain/progress.mjs';

/**
 * Installs and builds what is missing or out of date; does nothing but look (some hundredths of a second) when all is there.
 * @param {{ force?: boolean }} [options] force: build even when nothing changed
 * @throws {StepError} with what to do, see progress.mjs
 */
export async function prepare({ force = false } = {}) {
  await mkdir(join(ROOT, 'dist'), { recursive: true });
  await withPrepareLock(async () => {
    await install();
    if (force) await rm(join(ROOT, 'dist', 'build-keys'), { recursive: true, force: true });
    await build();
  });
}
