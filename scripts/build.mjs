// `npm run build`: the server (nest build → dist/apps, dist/libs, dist/simulators) and the console (vite build → dist/console),
// side by side, each only when its sources changed. `--force` builds both anyway.
import { prepare, reportFailure } from './toolchain.mjs';

try {
  await prepare({ force: process.argv.includes('--force') });
} catch (error) {
  process.exitCode = reportFailure(error);
}
