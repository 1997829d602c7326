// Removes what only building needs, by the lock file. `npm prune` resolves the whole tree anew for the same result, which takes minutes.
import { readFile, rm } from 'node:fs/promises';

const { packages } = JSON.parse(await readFile('package-lock.json', 'utf8'));
const needless = Object.entries(packages).filter(([path, { dev }]) => path !== '' && dev);
for (const [path] of needless) await rm(path, { recursive: true, force: true });
// The image brings its own Node.
for (const arch of ['x64', 'arm64']) await rm(`node_modules/node-linux-${arch}`, { recursive: true, force: true });
process.stdout.write(`${needless.length} packages removed\n`);
