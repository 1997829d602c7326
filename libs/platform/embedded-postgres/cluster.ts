import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chown, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Account } from './account.js';
import type { Binaries } from './binaries.js';
import { EmbeddedPostgresError } from './embedded-postgres.error.js';

/** The superuser, used only to create the role and the database below. */
export const SUPERUSER = 'postgres';
/** Our role owns our database and nothing else: a hole in our SQL must not open the server's files or programs. */
export const ROLE = 'smart_community';
export const DATABASE = 'smart_community';

export interface Passwords {
  superuser: string;
  role: string;
}

/**
 * 256 random bits from DATA_DIR/secrets/postgres-password, made on first use; the role's password is derived one way, so that it
 * does not reveal the superuser's.
 */
export async function passwordsIn(dataDir: string, clusterExists: boolean): Promise<Passwords> {
  const folder = join(dataDir, 'secrets');
  const file = join(folder, 'postgres-password');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  let superuser = await readFile(file, 'utf8').then(
    (text) => text.trim(),
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    },
  );
  if (!superuser && clusterExists) {
    throw new EmbeddedPostgresError(
      `${file} is missing, and without it the existing database cannot be opened. Restore it from a backup.`,
    );
  }
  if (!superuser) {
    superuser = randomBytes(32).toString('hex');
    const handle = await open(`${file}.new`, 'w', 0o600);
    await handle.writeFile(`${superuser}\n`);
    await handle.sync();
    await handle.close();
    await rename(`${file}.new`, file);
  }
  return { superuser, role: createHash('sha256').update(`${ROLE}:${superuser}`).digest('hex') };
}

/** A finished cluster; a half-made one never has this name, see {@link createCluster}. */
export async function isCluster(directory: string): Promise<boolean> {
  return stat(join(directory, 'PG_VERSION')).then(
    () => true,
    () => false,
  );
}

/**
 * Runs `initdb` beside the final place and renames the result, so that a kill in the middle leaves no half-made cluster.
 * Encoding UTF-8 with PostgreSQL's own C.UTF-8 collation, which needs no locale of the operating system and never changes with it.
 */
export async function createCluster(
  directory: string,
  binaries: Binaries,
  account: Account,
  password: string,
): Promise<void> {
  const parent = dirname(directory);
  const prefix = `${basename(directory)}.new-`;
  for (const name of await readdir(parent)) {
    if (name.startsWith(prefix)) await rm(join(parent, name), { recursive: true, force: true });
  }
  const unfinished = join(parent, `${prefix}${randomBytes(6).toString('hex')}`);
  const passwordFile = `${unfinished}.password`;
  await mkdir(unfinished, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  try {
    if (account.foreign) {
      await chown(unfinished, account.uid, account.gid);
      await chown(passwordFile, account.uid, account.gid);
    }
    await run(binaries.initdb, account, unfinished, [
      `--pgdata=${unfinished}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ]);
    await rename(unfinished, directory);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(unfinished, { recursive: true, force: true });
  }
}

const INITDB_LIMIT_MS = 120_000;

async function run(program: string, account: Account, cwd: string, args: string[]): Promise<void> {
  const child = spawn(program, args, {
    cwd,
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: INITDB_LIMIT_MS,
    killSignal: 'SIGKILL',
    ...(account.foreign ? { uid: account.uid, gid: account.gid } : {}),
  });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-4_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const code = await new Promise<number | string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode, signal) => resolve(exitCode ?? signal ?? 'unknown'));
  });
  if (code !== 0) throw new EmbeddedPostgresError(`${basename(program)} ended with ${code}:\n${output.trim()}`);
}
