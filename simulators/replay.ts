import { parseArgs } from 'node:util';
import { systemClock } from '@sc/platform/clock';
import { loginAsAdmin, runningPlatform } from './client/index.js';
import { replayFire } from './replay/index.js';
import { runCommand, UsageError } from './run-command.js';

const usage = `npm run replay -- <kind> <file> [--speed 60]
  kind   fire-nist: a CSV of the NIST Home Smoke Alarm tests (smoke and temperature columns; see docs/simulators.md)
  speed  times faster than it happened, 1 or more; default 60
Needs the running demo (npm start) of the same DATA_DIR.`;

await runCommand(usage, async (print) => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { speed: { type: 'string', default: '60' }, help: { type: 'boolean', short: 'h' } },
  });
  const [kind, file, ...more] = positionals;
  if (values.help || !kind || !file || more.length)
    throw new UsageError(values.help ? '' : 'say what kind, and which file');
  if (kind !== 'fire-nist') throw new UsageError(`"${kind}" is not a kind of replay`);
  const speed = Number(values.speed);
  if (!(speed >= 1 && speed <= 1_000_000)) throw new UsageError('--speed is a number from 1 on');
  const platform = await runningPlatform(process.env);
  const client = await loginAsAdmin(platform);
  await replayFire({ file, speed, client, mqttUrl: platform.mqttUrl, clock: systemClock, print });
  return true;
});
