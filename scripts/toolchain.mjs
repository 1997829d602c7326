// What every command needs first: the packages, a Node 24, a build. Plain JavaScript for Node 20 with nothing installed.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from './toolchain/build-steps.mjs';
import { install } from './toolchain/install.mjs';
import { ensureNode24, linkNode24 } from './toolchain/node24.mjs';
import { withPrepareLock } from './toolchain/prepare-lock.mjs';
import { ROOT } from './toolchain/root.mjs';

export { ensureNode24 };
export { runNode } from './toolchain/run-node.mjs';
export { reportFailure } from './toolchain/progress.mjs';

/**
 * Installs and builds what is missing or out of date; does nothing but look (some hundredths of a second) when all is there.
 * @param {{ force?: boolean, withBuild?: boolean }} [options] force: build even when nothing changed; withBuild: false for
 *   commands that read the sources and need only the packages
 * @throws {StepError} with what to do, see progress.mjs
 */
export async function prepare({ force = false, withBuild = true } = {}) {
  await mkdir(join(ROOT, 'dist'), { recursive: true });
  await withPrepareLock(async () => {
    await install();
    await linkNode24();
    // Fail once and early, not in every part of the build.
    ensureNode24();
    if (force) await rm(join(ROOT, 'dist', 'build-keys'), { recursive: true, force: true });
    if (withBuild) await build();
  });
}
