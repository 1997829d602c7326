import { access, constants, cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join, relative } from 'node:path';
import type { Account } from './account.js';
import { canReach } from './account.js';
import { EmbeddedPostgresError } from './embedded-postgres.error.js';

/** The programs of one PostgreSQL release. `directory` holds `bin`, `lib` and `share`. */
export interface Binaries {
  directory: string;
  initdb: string;
  postgres: string;
}

interface Link {
  source: string;
  target: string;
}

/**
 * The PostgreSQL programs from the npm package of this platform, ready to run by `account`.
 * Where that account cannot reach them, or where they cannot be completed in place, a copy under `copyRoot` is used.
 */
export async function prepareBinaries(account: Account, copyRoot: () => Promise<string>): Promise<Binaries> {
  const { directory, version } = await locate();
  const reachable = await canReach(account, join(directory, 'bin', 'postgres'));
  if (reachable && (await completeLinks(directory))) return binariesIn(directory);
  return binariesIn(await copyOnce(directory, join(await copyRoot(), `postgresql-${version}`)));
}

async function locate(): Promise<{ directory: string; version: string }> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    const packageRoot = dirname(dirname(createRequire(wrapper).resolve(name)));
    const manifest = JSON.parse(await readFile(join(packageRoot, 'package.json'), 'utf8')) as { version: string };
    return { directory: join(packageRoot, 'native'), version: manifest.version };
  } catch (cause) {
    const advice =
      'Install the dependencies with their optional ones, or set DATABASE_URL to a PostgreSQL of your own.';
    throw new EmbeddedPostgresError(`The package ${name} with the PostgreSQL programs is missing. ${advice}`, {
      cause,
    });
  }
}

/**
 * npm packages carry no symbolic links, so the package lists those of its libraries and makes them in an install script.
 * npm may have been told to run no such scripts: then they are made here.
 * @returns false when the folder cannot be written to.
 */
async function completeLinks(directory: string): Promise<boolean> {
  const packageRoot = dirname(directory);
  const list = await readFile(join(directory, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as Link[]) {
    const link = join(packageRoot, target);
    if (await isReadable(link)) continue;
    try {
      await rm(link, { force: true });
      await symlink(relative(dirname(target), source), link);
    } catch {
      if (!(await isReadable(link))) return false;
    }
  }
  return true;
}

async function copyOnce(from: string, to: string): Promise<string> {
  if (await isReadable(join(to, 'native', 'bin', 'postgres'))) return join(to, 'native');
  const unfinished = `${to}.${process.pid}`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true, mode: 0o755 });
  // Static libraries are for compiling against PostgreSQL and half of the size.
  await cp(from, join(unfinished, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => extname(path) !== '.a',
  });
  await completeLinks(join(unfinished, 'native'));
  await rename(unfinished, to).catch(async (error: unknown) => {
    await rm(unfinished, { recursive: true, force: true });
    // Another instance may have finished the same copy first.
    if (!(await isReadable(join(to, 'native', 'bin', 'postgres')))) throw error;
  });
  return join(to, 'native');
}

function binariesIn(directory: string): Binaries {
  return { directory, initdb: join(directory, 'bin', 'initdb'), postgres: join(directory, 'bin', 'postgres') };
}

async function isReadable(path: string): Promise<boolean> {
  return access(path, constants.R_OK).then(
    () => true,
    () => false,
  );
}
