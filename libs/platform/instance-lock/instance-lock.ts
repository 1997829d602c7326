import { existsSync } from 'node:fs';
import { access, constants, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Another running instance holds this DATA_DIR. The message is one line for a person. */
export class InstanceLockedError extends Error {
  readonly code = 'instance-locked';
}

export interface InstanceLock {
  /** May be called again. The end of the process releases the lock as well, however it ends. */
  release(): Promise<void>;
}

/** What SQLite answers when another process holds the file. */
const SQLITE_BUSY = 5;

/**
 * Makes this process the only one on DATA_DIR, which is created if needed.
 *
 * The lock is one of the operating system's, taken on DATA_DIR/instance.lock through the SQLite that is part of Node, because Node
 * has no call for file locks. The kernel drops it with the process, so `kill -9` leaves nothing stale, a recycled process id cannot
 * block, and it also holds between containers that share a folder. DATA_DIR/instance.json only tells who holds it.
 * @throws InstanceLockedError
 */
export async function acquireInstanceLock(dataDir: string): Promise<InstanceLock> {
  await mkdir(dataDir, { recursive: true });
  await access(dataDir, constants.W_OK | constants.X_OK).catch((cause: unknown) => {
    throw new Error(`DATA_DIR ${resolve(dataDir)} may not be written by this account.`, { cause });
  });
  const who = join(dataDir, 'instance.json');
  const lock = await take(join(dataDir, 'instance.lock'), who, dataDir);
  await writeFile(who, JSON.stringify({ pid: process.pid }));
  let released = false;
  return {
    async release() {
      if (released) return;
      released = true;
      await rm(who, { force: true });
      lock.close();
    },
  };
}

async function take(file: string, who: string, dataDir: string): Promise<DatabaseSync> {
  // The default is to wait for a lock: this process must answer at once.
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec('pragma locking_mode = exclusive; pragma journal_mode = memory; begin exclusive');
    return database;
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode !== SQLITE_BUSY) throw error;
    const holder = describe(await readFile(who, 'utf8').catch(() => ''));
    throw new InstanceLockedError(
      `DATA_DIR ${resolve(dataDir)} is in use by a running instance${holder}. Stop that one, or set DATA_DIR to another folder.`,
    );
  }
}

/** In another container the number means nothing here, so it is named only while such a process exists. */
function describe(holderFile: string): string {
  const pid = /"pid":(\d+)/.exec(holderFile)?.[1];
  return pid && existsSync(`/proc/${pid}/stat`) ? ` (process ${pid})` : '';
}
