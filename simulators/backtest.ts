import { parseArgs } from 'node:util';
import { askBackTest, readAsked, reportLines } from './back-test/index.js';
import { loginAsAdmin, PlatformClient, RefusedError, runningPlatform } from './client/index.js';
import { askSecret } from './ask-secret.js';
import { runCommand, UsageError } from './run-command.js';

const usage = `npm run backtest -- --rule <id | file.json> --from <time> --to <time> [--area <id>] [--device <id>]... [--json]
What would this rule, stored or in a file, have raised between two dates, beside what was raised? Times are ISO 8601:
2026-05-01T00:00:00Z, or a date alone, which begins at 00:00 UTC.

Asks the running platform: the demo of the same DATA_DIR as its administrator, or --url <http://…> as --login <name>
with the password of SC_PASSWORD or the one you are asked for. Ctrl-C cancels.`;

await runCommand(usage, async (print) => {
  const { values } = parseArgs({
    options: {
      rule: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      area: { type: 'string' },
      device: { type: 'string', multiple: true },
      url: { type: 'string' },
      login: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    print(usage);
    return true;
  }
  const { rule, from, to } = values;
  if (!rule || !from || !to) throw new UsageError('--rule, --from and --to are needed');
  const asked = await readAsked({ rule, from, to, area: values.area, devices: values.device });
  const client = await connected(values);
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  // Its result may be for a program: progress goes where people look.
  const tell = (line: string): void => void process.stderr.write(`${line}\n`);
  const done = await askBackTest(client, asked, { tell, signal: stop.signal }).catch((error: unknown) => {
    if (error instanceof RefusedError)
      for (const { path, code, params } of error.problem?.issues ?? [])
        tell(`${path}: ${code} ${JSON.stringify(params)}`);
    throw error;
  });
  if (!done) return false;
  for (const line of values.json ? [JSON.stringify(done, null, 2)] : reportLines(done)) print(line);
  return done.state === 'done';
});

async function connected({ url, login }: { url?: string; login?: string }): Promise<PlatformClient> {
  if (login === undefined) {
    if (url !== undefined) throw new UsageError('--url needs --login');
    return loginAsAdmin(await runningPlatform(process.env));
  }
  const client = new PlatformClient(url ?? (await runningPlatform(process.env)).httpUrl);
  await client.login(login, process.env['SC_PASSWORD'] ?? (await askSecret(`Password of ${login}: `)));
  return client;
}
