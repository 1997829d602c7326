import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { ROOT } from './root.mjs';
import { runLogged, step, StepError } from './progress.mjs';

const ADVICE =
  'Needed: a connection to the npm registry (behind a proxy: `npm config set proxy …`) and about 2 GB of free disk. Then run the same command again.';

/** Installs the locked packages when what is installed differs from package-lock.json. */
export async function install() {
  if (await isInstalled()) return;
  await step('installing packages (once, some minutes on a slow connection)', async () => {
    const { program, args, env } = npm();
    await runLogged(
      'install',
      program,
      [
        ...args,
        // Not `npm ci`: a company's mirror often lacks the packages for other platforms, and then it refuses the whole lock file.
        // This takes the locked versions and hashes too, writes no lock file, and is checked below.
        'install',
        '--no-save',
        // People's own npm settings must not leave out what the build needs.
        '--include=dev',
        '--include=optional',
        '--engine-strict=false',
        '--no-audit',
        '--no-fund',
        '--prefer-offline',
        '--progress=false',
        '--loglevel=error',
      ],
      { env, advice: ADVICE },
    );
  });
  if (!(await isInstalled())) {
    throw new StepError('npm ended well, but not all packages are there', {
      advice: 'Remove node_modules and run the same command again.',
    });
  }
}

/**
 * npm writes node_modules/.package-lock.json last, so it tells what is really there, whoever ran npm. Optional packages may be
 * absent: they belong to other platforms.
 */
async function isInstalled() {
  try {
    const wanted = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8')).packages;
    const present = JSON.parse(await readFile(join(ROOT, 'node_modules', '.package-lock.json'), 'utf8')).packages;
    return Object.entries(wanted).every(
      ([path, { version, optional, devOptional, peer }]) =>
        path === '' || present[path]?.version === version || (!present[path] && (optional || devOptional || peer)),
    );
  } catch {
    return false;
  }
}

/** npm of the machine. Our own node_modules/.bin leaves the search path: npm is about to remove it. */
function npm() {
  const ours = join(ROOT, 'node_modules', '.bin');
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== ours);
  const env = { ...process.env, PATH: path.join(delimiter) };
  delete env.NODE_ENV;
  if (spawnSync('npm', ['--version'], { env, stdio: 'ignore' }).status === 0) return { program: 'npm', args: [], env };
  const script = process.env.npm_execpath;
  if (script && existsSync(script)) return { program: process.execPath, args: [script], env };
  throw new StepError('npm is not there', {
    advice: 'Install npm, which usually comes with Node: https://nodejs.org.',
  });
}
