// `npm start`: everything from a fresh checkout to the running platform. Until the check below this file must be readable for any
// Node that knows modules, so that an old one gets a sentence instead of a syntax error; it therefore imports nothing before.
const major = Number(process.versions.node.split('.')[0]);

if (major < 20) {
  console.error(`Node ${process.versions.node} is too old: Node 20 or newer is needed, see https://nodejs.org.`);
  process.exit(1);
}

import('./toolchain.mjs')
  .then(async ({ prepare, runNode, reportFailure }) => {
    try {
      await prepare();
      process.exitCode = await runNode(['dist/apps/community/src/main.js', ...process.argv.slice(2)]);
    } catch (error) {
      process.exitCode = reportFailure(error);
    }
  })
  .catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
