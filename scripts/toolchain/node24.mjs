import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './root.mjs';
import { StepError } from './progress.mjs';

const NEEDED = 24;
const PACKAGE = `node-${process.platform}-${process.arch}`;
const FETCHED = join(ROOT, 'node_modules', PACKAGE, 'bin', 'node');
let known;

/**
 * Path of a Node of version 24 or newer: the one that runs us, else the one that npm fetched as an optional package.
 * @throws {StepError} when there is neither
 */
export function ensureNode24() {
  return (known ??= find());
}

function find() {
  if (Number(process.versions.node.split('.')[0]) >= NEEDED) return process.execPath;
  const advice = `Install Node ${NEEDED} from https://nodejs.org and run the same command again.`;
  if (!existsSync(FETCHED)) {
    const platform = `${process.platform} ${process.arch}`;
    throw new StepError(`Node ${process.versions.node} is too old, and npm has no Node ${NEEDED} for ${platform}`, {
      advice,
    });
  }
  const { status, error, stderr } = spawnSync(FETCHED, ['--version'], { encoding: 'utf8' });
  if (status === 0) return FETCHED;
  throw new StepError(`the Node ${NEEDED} that npm fetched does not run here: ${error?.message ?? stderr.trim()}`, {
    advice,
  });
}

/**
 * npm 11 puts the fetched Node into node_modules/.bin, where npm scripts find it first; npm 10 leaves out that one name. Without it
 * `npm test` and the tools would run under the old Node.
 */
export async function linkNode24() {
  const link = join(ROOT, 'node_modules', '.bin', 'node');
  if (existsSync(link) || !existsSync(FETCHED)) return;
  // In a checkout that may not be written to, our own commands still find it by its path.
  await symlink(join('..', PACKAGE, 'bin', 'node'), link).catch(() => undefined);
}
