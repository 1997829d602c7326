import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root.mjs';
import { StepError } from './progress.mjs';

const NEEDED = 24;
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
  const fetched = join(ROOT, 'node_modules', '.bin', 'node');
  const advice = `Install Node ${NEEDED} from https://nodejs.org and run the same command again.`;
  if (!existsSync(fetched)) {
    const platform = `${process.platform} ${process.arch}`;
    throw new StepError(`Node ${process.versions.node} is too old, and npm has no Node ${NEEDED} for ${platform}`, {
      advice,
    });
  }
  const { status, error, stderr } = spawnSync(fetched, ['--version'], { encoding: 'utf8' });
  if (status === 0) return fetched;
  throw new StepError(`the Node ${NEEDED} that npm fetched does not run here: ${error?.message ?? stderr.trim()}`, {
    advice,
  });
}
