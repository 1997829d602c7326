// A PostgreSQL for the tests. The launcher may run on an old Node, the compiled library needs Node 24: so it runs in a child.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const program = `
  import { readFile } from 'node:fs/promises';
  import pg from 'pg';
  import { startEmbeddedPostgres } from ${JSON.stringify(new URL('../../dist/libs/platform/embedded-postgres/index.js', import.meta.url).href)};
  const quiet = { error: console.error, warn() {}, info() {}, debug() {}, child() { return quiet; } };
  const postgres = await startEmbeddedPostgres({ dataDir: process.argv[1], logger: quiet });
  // Each test file makes a database of its own, which the product's account may not.
  const superuser = new URL(postgres.url);
  superuser.username = 'postgres';
  superuser.password = (await readFile(process.argv[1] + '/secrets/postgres-password', 'utf8')).trim();
  const client = new pg.Client({ connectionString: superuser.href });
  await client.connect();
  const role = new URL(postgres.url).username;
  await client.query('alter role ' + role + ' createdb');
  // Dropping such a database must also be able to end an autovacuum that happens to be in it.
  await client.query('grant pg_signal_autovacuum_worker to ' + role);
  await client.end();
  process.stdout.write(postgres.url + '\\n');
  process.stdin.resume();
  process.stdin.on('end', async () => { await postgres.stop(); process.exit(0); });
`;

/** @returns {Promise<{ url: string, stop(): Promise<void> }>} */
export async function startTestPostgres(dataDir) {
  const child = spawn('node_modules/.bin/node', ['--input-type=module', '--eval', program, dataDir], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  // In its own group Ctrl-C would not reach it; it ends when our end of its stdin closes, however we die.
  const exited = once(child, 'exit');
  let url = '';
  for await (const chunk of child.stdout) {
    url += chunk;
    if (url.includes('\n')) break;
  }
  if (!url.includes('\n')) throw new Error('the PostgreSQL for the tests did not start');
  return {
    url: url.trim(),
    stop: async () => {
      child.stdin.end();
      await exited;
    },
  };
}
