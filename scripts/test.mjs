// `npm test`: every suite this machine can run, on the PostgreSQL of TEST_DATABASE_URL or one of its own, ending in `N passed, N failed, N skipped`.
// `npm test -- unit integration` runs only those shelves; `npm test -- unit -t name` hands the rest to Vitest.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare, reportFailure } from './toolchain.mjs';

/** Sockets and timers that end by themselves have ended by then. */
const leftoverMs = 20_000;
/**
 * Rounds follow each other; the runs of a round go side by side, because suites wait more than they compute. What breaks the
 * product at full rate has the machine to itself.
 */
const rounds = [
  [
    { shelves: ['unit', 'integration', 'e2e'], workers: 3 },
    { shelves: ['browser'], workers: 2 },
  ],
  [{ shelves: ['faults'], workers: 1 }],
];
const shelves = rounds.flat().flatMap((run) => run.shelves);

async function main() {
  const args = process.argv.slice(2);
  const chosen = shelves.filter((shelf) => args.includes(shelf));
  const runnerArgs = args.filter((arg) => !shelves.includes(arg));
  await prepare();

  const scratch = await mkdtemp(join(await quickFolder(), 'smart-community-test-'));
  // The account that PostgreSQL gets where the tests run as root has to reach it, else its files lie on the disk all the same.
  await chmod(scratch, 0o711);
  await mkdir(join(scratch, 'tmp'));
  const postgres = await findPostgres(join(scratch, 'postgres'));
  const totals = { passed: 0, failed: 0, skipped: 0 };
  const reasons = new Map();
  const servicesFile = join(scratch, 'services.jsonl');
  let services = [];
  try {
    for (const round of rounds) {
      const runs = round.flatMap((run) => {
        const asked = run.shelves.filter((shelf) => chosen.length === 0 || chosen.includes(shelf));
        return asked.length ? [{ ...run, shelves: asked }] : [];
      });
      await Promise.all(
        runs.map(async (run) => {
          const title = run.shelves.join(', ');
          console.log(`\n── ${title} ──`);
          const startedAt = performance.now();
          await runShelves(run, runnerArgs, { scratch, servicesFile, databaseUrl: postgres.url }, totals, reasons);
          console.log(`${title}: ${Math.round((performance.now() - startedAt) / 1000)} s`);
        }),
      );
    }
    services = [`postgresql: ${postgres.told}`, ...(await servicesUsed(servicesFile))];
  } finally {
    await postgres.stop();
    await rm(scratch, { recursive: true, force: true });
  }
  if (services.length) {
    console.log('\nServices:');
    for (const service of services) console.log(`  ${service}`);
  }
  if (reasons.size) {
    console.log('\nSkipped:');
    for (const [reason, count] of reasons) console.log(`  ${count} × ${reason}`);
  }
  console.log(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
  return totals.failed === 0 && totals.passed > 0 ? 0 : 1;
}

const memoryFolder = '/dev/shm';
const enoughMemory = 8 * 1024 ** 3;

/**
 * In memory where there is plenty of it: the suites make some two hundred databases of seven hundred files each, and on the disk of
 * a small virtual machine each takes more than half a second of processor time. Nothing of it need outlive the machine.
 */
async function quickFolder() {
  const free = await statfs(memoryFolder).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => 0,
  );
  return Math.min(free, process.availableMemory?.() ?? 0) >= enoughMemory ? memoryFolder : tmpdir();
}

/**
 * Tests create databases of their own, which the account of TEST_DATABASE_URL must be allowed to. Without it the same server that
 * the product brings along is started.
 */
async function findPostgres(dataDir) {
  const url = process.env.TEST_DATABASE_URL;
  if (url) return { url, told: `url TEST_DATABASE_URL (${new URL(url).host})`, stop: async () => undefined };
  const { startTestPostgres } = await import('./toolchain/test-postgres.mjs');
  return { ...(await startTestPostgres(dataDir)), told: 'binary of the packages' };
}

/** One line for each real server that a suite asked for (test/support/services writes them down): what was used, or why none was. */
async function servicesUsed(file) {
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n').filter(Boolean);
  const told = lines
    .map((line) => JSON.parse(line))
    .map(({ name, how, detail, absent }) => (absent ? `${name}: none: ${absent}` : `${name}: ${how} ${detail}`));
  return [...new Set(told)].sort();
}

async function runShelves(
  { shelves: asked, workers },
  runnerArgs,
  { scratch, servicesFile, databaseUrl },
  totals,
  reasons,
) {
  const title = asked.join(', ');
  const outputFile = join(scratch, `${asked.join('-')}.json`);
  const code = await new Promise((resolve) => {
    const child = spawn(
      'node_modules/.bin/node',
      [
        'node_modules/vitest/vitest.mjs',
        'run',
        ...asked.flatMap((shelf) => ['--project', shelf]),
        '--passWithNoTests',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${outputFile}`,
        `--maxWorkers=${workers}`,
        ...runnerArgs,
      ],
      {
        stdio: ['ignore', 'inherit', 'inherit'],
        env: {
          ...process.env,
          TEST_DATABASE_URL: databaseUrl,
          TEST_SERVICES_FILE: servicesFile,
          TMPDIR: join(scratch, 'tmp'),
          LOG_LEVEL: 'error',
        },
      },
    );
    // Every test has been judged when the report is there. What a suite left running then must not hold up the rest, but is told.
    const watch = setInterval(() => {
      if (!existsSync(outputFile)) return;
      clearInterval(watch);
      const limit = setTimeout(() => {
        console.error(`${title}: something was left running after the last test; ended after ${leftoverMs / 1000} s`);
        child.kill('SIGKILL');
      }, leftoverMs);
      child.once('close', () => clearTimeout(limit));
    }, 1000);
    child.on('close', (code, signal) => {
      clearInterval(watch);
      // After the report only we end it so; the counts in the report decide.
      resolve(signal === 'SIGKILL' && existsSync(outputFile) ? undefined : code);
    });
  });
  const report = JSON.parse(await readFile(outputFile, 'utf8').catch(() => 'null'));
  if (!report) {
    console.error(`${title}: Vitest ended with ${code} and wrote no report`);
    totals.failed += 1;
    return;
  }
  totals.passed += report.numPassedTests;
  // A suite that could not even begin has no test that failed.
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = report.numFailedTests + broken;
  totals.failed += failed;
  // It exits non-zero for reasons that are in no count (a rejection that nobody handled): that must not look green.
  if (code !== 0 && code !== undefined && failed === 0) totals.failed += 1;
  totals.skipped += report.numPendingTests + report.numTodoTests;
  for (const suite of report.testResults) {
    for (const test of suite.assertionResults) {
      if (test.status === 'passed' || test.status === 'failed') continue;
      const reason =
        [...test.ancestorTitles, test.title].find((title) => title.includes('skipped:')) ??
        `${test.fullName} (no reason given)`;
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
  }
}

process.exitCode = await main().catch(reportFailure);
