// Runs a compiled entry with the project's own Node: `node scripts/run.mjs simulators/replay fire-nist file.csv`.
import { prepare, reportFailure, runNode } from './toolchain.mjs';

const [entry, ...args] = process.argv.slice(2);
try {
  await prepare();
  process.exitCode = await runNode([`dist/${entry}.js`, ...args]);
} catch (error) {
  process.exitCode = reportFailure(error);
}
