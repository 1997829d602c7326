import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres.error.js';

/** The operating-system account that PostgreSQL runs under. It refuses to run as root. */
export interface Account {
  uid: number;
  gid: number;
  /** True when it is another account than ours, so that files must be handed to it. */
  foreign: boolean;
}

/** Existing accounts without privileges, the most fitting first. */
const UNPRIVILEGED = ['postgres', 'nobody'];

/**
 * Ourselves; as root an unprivileged account instead: the one that owns the existing data directory, else one of the usual names.
 * @throws EmbeddedPostgresError as root on a machine without such an account.
 */
export async function chooseAccount(existingDataDirectory?: string): Promise<Account> {
  const uid = process.getuid?.() ?? 0;
  if (uid !== 0) return { uid, gid: process.getgid?.() ?? 0, foreign: false };
  const owner = existingDataDirectory ? await stat(existingDataDirectory).catch(() => undefined) : undefined;
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid, foreign: true };
  const known = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const name of UNPRIVILEGED) {
    const fields = known.find(([account]) => account === name);
    if (fields && Number(fields[2]) > 0) return { uid: Number(fields[2]), gid: Number(fields[3]), foreign: true };
  }
  throw new EmbeddedPostgresError(
    `PostgreSQL does not run as root and there is no account ${UNPRIVILEGED.join(' or ')}. Start as an ordinary user, or set DATABASE_URL.`,
  );
}

/** Whether the account may pass every folder down to `path` and use what is there, judged by the mode bits. */
export async function canReach(account: Account, path: string): Promise<boolean> {
  if (!account.foreign) return true;
  for (let current = await realpath(path); ; current = dirname(current)) {
    const { mode, uid, gid } = await stat(current);
    const bits = uid === account.uid ? mode >> 6 : gid === account.gid ? mode >> 3 : mode;
    if ((bits & 0o1) === 0) return false;
    if (current === dirname(current)) return true;
  }
}
