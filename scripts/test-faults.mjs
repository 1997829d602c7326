// `npm run test:faults`: the long form of test/faults/campaign.test.ts and storm.test.ts. `-- --seed 7` repeats the choices of a run,
// `-- --only Redis` takes the kinds of fault with that word, `-- --only storm` the storm alone. Ends non-zero on anything lost, doubled or stuck.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { prepare, reportFailure } from './toolchain.mjs';

async function main() {
  const { values } = parseArgs({ options: { seed: { type: 'string' }, only: { type: 'string' } } });
  await prepare();
  const suites = !values.only
    ? ['faults/campaign', 'faults/storm']
    : [`faults/${values.only === 'storm' ? 'storm' : 'campaign'}`];
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'faults', '--maxWorkers=1', ...suites];
  const child = spawn('node_modules/.bin/node', vitest, {
    stdio: 'inherit',
    env: {
      ...process.env,
      LOG_LEVEL: 'error',
      FAULTS: 'long',
      ...(values.seed ? { FAULTS_SEED: values.seed } : {}),
      ...(values.only ? { FAULTS_ONLY: values.only } : {}),
    },
  });
  const [code] = await once(child, 'close');
  return code ?? 1;
}

process.exitCode = await main().catch(reportFailure);
