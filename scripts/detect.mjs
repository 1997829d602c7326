// `npm run detect -- in.csv --out out.csv`: the production detector over a file, see docs/detection-baseline.md.
import { prepare, reportFailure, runNode } from './toolchain.mjs';

try {
  await prepare();
  process.exitCode = await runNode(['dist/libs/features/detection/baseline/file/main.js', ...process.argv.slice(2)]);
} catch (error) {
  process.exitCode = reportFailure(error);
}
