import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { cleanUp, endOnSignals, isEnding } from './cleanup.mjs';
import { markdown } from './report.mjs';
import { measureLatency } from './rows/latency.mjs';
import { measureStorm } from './rows/storm.mjs';
import { measureThroughput, throughputNames } from './rows/throughput.mjs';

const root = resolve(import.meta.dirname, '../..');
const names = [...throughputNames, 'latency', 'storm'];
const usage = `npm run bench -- [--rounds 3] [--seconds 15] [--only name]
  --only may be repeated: ${names.join(', ')}
Figures go to bench-results/; a run of everything also writes docs/benchmarks.md. Everything stays on 127.0.0.1.`;

async function main() {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '15' },
      only: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)];
  const isWrong =
    !isWithin(rounds, 1, 20) || !isWithin(seconds, 1, 600) || values.only.some((name) => !names.includes(name));
  if (values.help || isWrong) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  const chosen = (name) => values.only.length === 0 || values.only.includes(name);
  const options = { rounds, seconds, chosen, say: (line) => console.log(`  ${line}`) };
  const results = { ...about({ rounds, seconds }), complete: values.only.length === 0 };
  const measurements = {
    throughput: throughputNames.some(chosen) && measureThroughput,
    latency: chosen('latency') && measureLatency,
    storm: chosen('storm') && measureStorm,
  };
  for (const [name, measure] of Object.entries(measurements)) {
    if (!measure) continue;
    console.log(name);
    results[name] = await measure(options);
  }
  write(results);
  return 0;
}

const isWithin = (number, low, high) => Number.isInteger(number) && number >= low && number <= high;

/** What makes figures comparable; nothing that names the machine. */
function about(settings) {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return {
    version,
    commit: commit(),
    at: new Date().toISOString(),
    ...settings,
    machine: {
      cpu: cpus()[0]?.model.trim() ?? 'unknown',
      cores: cpus().length,
      memoryGb: Math.round(totalmem() / 2 ** 30),
      system: `${type()} ${release().split('-')[0]}`,
      node: process.version,
      /** Processes that wanted to run in the minute before: other work on the machine. */
      loadBefore: loadavg()[0],
    },
  };
}

function commit() {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim();
  } catch {
    // No repository: a copy of the sources.
    return undefined;
  }
}

function write(results) {
  const folder = join(root, 'bench-results');
  mkdirSync(folder, { recursive: true });
  const file = `${results.version}-${results.at.replaceAll(':', '').slice(0, 17)}.json`;
  writeFileSync(join(folder, file), `${JSON.stringify(results, null, 2)}\n`);
  const page = markdown(results);
  console.log(`\n${page}\nfigures: bench-results/${file}`);
  if (results.complete) writeFileSync(join(root, 'docs', 'benchmarks.md'), page);
  else console.log('docs/benchmarks.md is left as it is: this was not a run of everything');
}

endOnSignals();
try {
  process.exitCode = await main();
} catch (error) {
  if (!isEnding()) console.error(error);
  process.exitCode = 1;
}
// A signal ends the process by itself, with its own code.
if (!isEnding()) {
  await cleanUp();
  process.exit();
}
