import { readFileSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from './root.mjs';
import { StepError } from './progress.mjs';

const FILE = join(ROOT, 'dist', 'preparing.pid');
const LIMIT_MS = 15 * 60_000;

/** Lets one command at a time install or build in this checkout. A checkout that may not be written to is used as it is. */
export async function withPrepareLock(work) {
  const began = performance.now();
  let told = false;
  for (;;) {
    try {
      await writeFile(FILE, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code === 'EACCES' || error.code === 'EROFS') return work();
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = Number(await readFile(FILE, 'utf8').catch(() => ''));
    if (holder && !isOurs(holder)) {
      await rm(FILE, { force: true });
      continue;
    }
    if (!told) console.log(`  another command (process ${holder}) is installing or building here: waiting for it`);
    told = true;
    if (performance.now() - began > LIMIT_MS)
      throw new StepError(`process ${holder} has been preparing for too long`, {
        advice: `Stop it, or remove ${FILE}.`,
      });
    await sleep(200);
  }
  try {
    return await work();
  } finally {
    await rm(FILE, { force: true });
  }
}

/** Whether the process lives and is a Node: after a kill the number may belong to anything. */
function isOurs(pid) {
  try {
    return /node/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  } catch {
    return false;
  }
}
