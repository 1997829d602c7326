import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdtempSync, rmSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { PlatformProcess } from '../../support/platform-process.js';
import { startGuardian } from '../../support/services/guardian.js';
import { targetOf } from './all-in-one.js';
import type { Fault } from './fault.js';
import type { Target } from './target.js';

/** Room for PostgreSQL, its log and a few rounds; what a guard against full disks wants to keep free is well within. */
const size = '3g';
const chunk = Buffer.alloc(1 << 20);

function mount(): string {
  const folder = mkdtempSync(join(tmpdir(), 'smart-community-small-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=755`, 'tmpfs', folder], { stdio: 'pipe' });
  } catch (error) {
    rmdirSync(folder);
    throw error;
  }
  // PostgreSQL, which is another user where we are root, shall fill up too.
  chmodSync(folder, 0o755);
  return folder;
}

function unmount(folder: string): void {
  execFileSync('umount', ['-l', folder], { stdio: 'pipe' });
  rmdirSync(folder);
}

/** Why no small disk can be made here, if so. */
export function smallDiskMissing(): string | undefined {
  if (process.getuid?.() !== 0) return 'only root can make a small disk';
  try {
    unmount(mount());
    return undefined;
  } catch {
    return 'no file system may be mounted here';
  }
}

/** Everything in one process, with all of its data on a disk that can be filled. */
export async function onSmallDisk(): Promise<Target> {
  const folder = mount();
  const guardian = startGuardian(`umount -l '${folder}'; rmdir '${folder}'`);
  guardian.watch(folder);
  const release = () => {
    unmount(folder);
    guardian.dismiss();
  };
  const platform = await PlatformProcess.create(join(folder, 'data'));
  await platform.start().catch((error: unknown) => {
    release();
    throw error;
  });
  const target = targetOf('all in one on a small disk', platform, [diskFull(join(folder, 'ballast'))]);
  return {
    ...target,
    dispose: async () => {
      await platform.dispose();
      release();
    },
  };
}

/** Somebody fills the disk to the last byte for some seconds. */
const diskFull = (ballast: string): Fault => ({
  kind: 'disk full',
  weight: 2,
  strike: async ({ random }) => {
    const until = Date.now() + random.between(3000, 8000);
    // What is freed meanwhile is taken at once.
    for (; Date.now() < until; await wait(50)) fill(ballast);
    rmSync(ballast);
    return Date.now();
  },
});

function fill(file: string): void {
  for (let bytes = chunk.length; bytes >= 512;) {
    try {
      appendFileSync(file, chunk.subarray(0, bytes));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      bytes /= 2;
    }
  }
}
