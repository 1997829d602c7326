// `npm run check`: types, lint, formatting, boundaries, unused code, stale generated files. Everything is run, all findings are shown.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { prepare, reportFailure } from './toolchain.mjs';

const bin = (name) => `node_modules/.bin/${name}`;
const checks = [
  ['types: server, simulators, tests', bin('tsc'), ['--noEmit', '-p', 'tsconfig.json']],
  ['types: console', bin('tsc'), ['--noEmit', '-p', 'apps/console/tsconfig.json']],
  ['lint', bin('eslint'), ['.', '--max-warnings', '0']],
  ['formatting', bin('prettier'), ['--check', '--log-level', 'warn', '.']],
  ['boundaries', bin('depcruise'), ['--config', '.dependency-cruiser.mjs', 'libs', 'apps', 'simulators', 'test']],
  ['boundaries: each rule bites', bin('node'), ['scripts/boundaries-bite.mjs']],
  ['unused code', bin('knip'), ['--no-progress']],
  ['generated files', bin('node'), ['scripts/generate.mjs', '--check']],
];

const run = ([title, command, args]) =>
  new Promise((resolve) => {
    const started = Date.now();
    let output = '';
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ title, ok: false, output: String(error), seconds: 0 }));
    child.on('close', (code) => resolve({ title, ok: code === 0, output, seconds: (Date.now() - started) / 1000 }));
  });

async function main() {
  await prepare();
  const queue = [...checks];
  const failed = [];
  const worker = async () => {
    for (let check = queue.shift(); check; check = queue.shift()) {
      const result = await run(check);
      console.log(`${result.ok ? 'ok  ' : 'FAIL'} ${result.title} (${result.seconds.toFixed(1)} s)`);
      if (!result.ok) failed.push(result);
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, worker));
  for (const { title, output } of failed) console.log(`\n── ${title} ──\n${output.trim().slice(-8000)}`);
  console.log(
    failed.length ? `\n${failed.length} of ${checks.length} checks failed` : `\nall ${checks.length} checks passed`,
  );
  return failed.length ? 1 : 0;
}

process.exitCode = await main().catch(reportFailure);
