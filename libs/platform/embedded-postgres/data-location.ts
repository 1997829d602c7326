import { createHash } from 'node:crypto';
import { chmod, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '@sc/platform/clock';
import type { Logger } from '@sc/platform/logging';
import { canReach, chooseAccount, type Account } from './account.js';
import { stopLeftovers } from './leftovers.js';

/** Where an account without privileges can reach things that root keeps below its own home. */
export const SYSTEM_ROOT = '/var/lib/smart-community';

export interface DataLocation {
  account: Account;
  /** PostgreSQL's data directory; it exists only after the first start. */
  directory: string;
}

/**
 * DATA_DIR/postgres, or a folder below {@link SYSTEM_ROOT} when the account cannot reach DATA_DIR. The choice is made once and
 * kept in DATA_DIR/postgres-location: a later change of the folder's permissions must not present an empty database.
 */
export async function locateData(
  dataDir: string,
  systemRoot: string,
  logger: Logger,
  clock: Clock,
): Promise<DataLocation> {
  const pointer = join(dataDir, 'postgres-location');
  const kept = await readFile(pointer, 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  );
  const inPlace = join(dataDir, 'postgres');
  if (kept) return { account: await chooseAccount(kept), directory: kept };
  const account = await chooseAccount(inPlace);
  if ((await exists(inPlace)) || (await canReach(account, dataDir))) return { account, directory: inPlace };

  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  const directory = join(systemRoot, name, 'postgres');
  await mkdir(join(systemRoot, name), { recursive: true });
  for (const folder of [systemRoot, join(systemRoot, name)]) await chmod(folder, 0o755);
  if (await exists(directory)) {
    // Its DATA_DIR was removed, and with it the password. It may hold the only copy of something: set aside, not deleted.
    await stopLeftovers(directory, logger);
    const aside = `${directory}.left-${clock.now()}`;
    await rename(directory, aside);
    logger.warn({ directory: aside }, 'database of a removed DATA_DIR set aside');
  }
  await writeFile(pointer, `${directory}\n`);
  logger.info(
    { directory, uid: account.uid },
    'DATA_DIR is out of reach of the PostgreSQL account: its files are kept here',
  );
  return { account, directory };
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
