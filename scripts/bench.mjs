// `npm run bench`: every benchmark beside a baseline measured in the same run; `npm run bench -- --help` shows the options.
import { prepare, reportFailure, runNode } from './toolchain.mjs';

try {
  await prepare();
  process.exitCode = await runNode(['test/load/main.mjs', ...process.argv.slice(2)]);
} catch (error) {
  process.exitCode = reportFailure(error);
}
