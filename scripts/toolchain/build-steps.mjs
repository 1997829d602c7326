import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { ensureNode24 } from './node24.mjs';
import { reportFailure, runLogged, step, StepError } from './progress.mjs';
import { ROOT } from './root.mjs';

const DIST = join(ROOT, 'dist');
const KEYS = join(DIST, 'build-keys');
const ADVICE = 'The checkout does not compile. If you changed nothing, remove dist and node_modules and try again.';

/** Each part is built again when the content of one of its inputs changed; its old outputs go first, so that nothing stale stays. */
const PARTS = [
  {
    name: 'server',
    inputs: [
      'apps/community',
      'apps/prepare',
      'apps/sensing',
      'apps/dispatch',
      'apps/gateway',
      'libs',
      'simulators',
      'tsconfig.json',
      'nest-cli.json',
    ],
    outputs: ['apps', 'libs', 'simulators'],
    proof: 'apps/community/src/main.js',
    command: ['node_modules/@nestjs/cli/bin/nest.js', 'build', 'community'],
  },
  {
    name: 'console',
    inputs: ['apps/console', 'libs/contracts', 'libs/domains', 'tsconfig.json'],
    outputs: ['console'],
    proof: 'console/index.html',
    command: [
      'node_modules/vite/bin/vite.js',
      'build',
      'apps/console',
      '--outDir',
      join(DIST, 'console'),
      '--emptyOutDir',
    ],
  },
];
const COMMON_INPUTS = ['package-lock.json', 'scripts/toolchain/build-steps.mjs'];
const IGNORED = /(^|\/)(node_modules|dist|test-results)(\/|$)|\.(spec\.tsx?|md)$/;

/** Builds the parts whose sources changed, side by side. */
export async function build() {
  const due = [];
  for (const part of PARTS) {
    const key = await keyOf([...part.inputs, ...COMMON_INPUTS]);
    const built = await readFile(join(KEYS, part.name), 'utf8').catch(() => '');
    if (built !== key || !existsSync(join(DIST, part.proof))) due.push({ part, key });
  }
  if (due.length === 0) return;
  await step(`building ${due.map(({ part }) => part.name).join(' and ')}`, async () => {
    const results = await Promise.allSettled(due.map(({ part, key }) => buildPart(part, key)));
    const failures = results.filter(({ status }) => status === 'rejected').map(({ reason }) => reason);
    for (const failure of failures.slice(1)) reportFailure(failure);
    if (failures.length > 0) throw failures[0];
  });
}

async function buildPart({ name, outputs, proof, command }, key) {
  await rm(join(KEYS, name), { force: true });
  for (const output of outputs) await rm(join(DIST, output), { recursive: true, force: true });
  await runLogged(`build-${name}`, ensureNode24(), command, { advice: ADVICE });
  if (!existsSync(join(DIST, proof)))
    throw new StepError(`the build of the ${name} ended well, but dist/${proof} is missing`);
  await mkdir(KEYS, { recursive: true });
  await writeFile(join(KEYS, name), key);
}

async function keyOf(inputs) {
  const hash = createHash('sha256');
  for (const input of inputs) {
    for (const file of await filesBelow(join(ROOT, input))) {
      hash
        .update(`${relative(ROOT, file)}\0`)
        .update(await readFile(file))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

async function filesBelow(path) {
  if (IGNORED.test(relative(ROOT, path))) return [];
  const entries = await readdir(path, { withFileTypes: true }).catch((error) => {
    if (error.code === 'ENOTDIR') return undefined;
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  if (!entries) return [path];
  const names = entries.map((entry) => entry.name).sort();
  return (await Promise.all(names.map((name) => filesBelow(join(path, name))))).flat();
}
