import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from './platform.mjs';

const lookMs = 3000;
/** More than a tenth of the machine busy with something else: figures suffer. */
const contendedShare = 0.1;

/** What makes figures comparable; nothing that names the machine. */
export const describeMachine = () => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  system: `${type()} ${release().split('-')[0]}`,
  node: process.version,
});

/** Looks what the machine does while we do nothing. Call it before a section starts anything. */
export async function lookAround() {
  const before = ticks();
  await sleep(lookMs);
  const after = ticks();
  const cores = cpus().length;
  const busyCores = before ? ((after.busy - before.busy) / (after.all - before.all)) * cores : loadavg()[0];
  return { busyCores, contended: busyCores > cores * contendedShare, startedAt: after };
}

/** Share of the time since then in which the machine under this one (a virtual one) gave its processors to others. */
export function stolenSince({ startedAt }) {
  const now = ticks();
  return startedAt && now ? (now.stolen - startedAt.stolen) / (now.all - startedAt.all) : undefined;
}

/** Of all processors since the start of the machine, in clock ticks; undefined where there is no /proc. */
function ticks() {
  try {
    const fields = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0].trim().split(/\s+/).slice(1, 9).map(Number);
    const all = fields.reduce((sum, field) => sum + field, 0);
    // user nice system idle iowait irq softirq steal
    return { all, busy: all - fields[3] - fields[4], stolen: fields[7] };
  } catch {
    return undefined;
  }
}

/** The commit, marked when files differ from it; undefined without a repository: a copy of the sources. */
export function commit() {
  const git = (...words) =>
    execFileSync('git', words, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim();
  try {
    // The results themselves change during a run.
    const changed = git('status', '--porcelain', '--', '.', ':!docs/benchmarks', ':!docs/benchmarks.md');
    return `${git('rev-parse', '--short', 'HEAD')}${changed ? ' with changes' : ''}`;
  } catch {
    return undefined;
  }
}
