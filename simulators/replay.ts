import { parseArgs } from 'node:util';
import { systemClock } from '@sc/platform/clock';
import { loginAsAdmin, runningPlatform } from './client/index.js';
import { replayFire, replayKinds, replaySeries } from './replay/index.js';
import { runCommand, UsageError } from './run-command.js';

const kinds = [...replayKinds].map(([kind, { help }]) => `    ${kind.padEnd(16)} ${help}`).join('\n');
const usage = `npm run replay -- <kind> <file> [--speed 60] [--devices 5] [--limit 1000]
  kind
    fire-nist        a CSV of the NIST Home Smoke Alarm tests (smoke and temperature columns; see docs/simulators.md)
${kinds}
  speed    times faster than it happened, 1 or more, or max: as fast as it is acknowledged
  devices  only the first so many devices; limit: only the first so many readings of each (not for fire-nist)
Needs the running demo (npm start) of the same DATA_DIR.`;

await runCommand(usage, async (print) => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      speed: { type: 'string' },
      devices: { type: 'string' },
      limit: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const [kind, file, ...more] = positionals;
  if (values.help || !kind || !file || more.length)
    throw new UsageError(values.help ? '' : 'say what kind, and which file');
  const series = replayKinds.get(kind);
  if (kind !== 'fire-nist' && !series) throw new UsageError(`"${kind}" is not a kind of replay`);
  const speed = values.speed === undefined ? (series?.defaultSpeed ?? 60) : speedOf(values.speed);
  const story = series?.read(file, { devices: countOf(values.devices), entries: countOf(values.limit) });
  const platform = await runningPlatform(process.env);
  const client = await loginAsAdmin(platform);
  const options = { speed, client, mqttUrl: platform.mqttUrl, clock: systemClock, print };
  if (story) return (await replaySeries(story, { ...options, kind })).differences.length === 0;
  await replayFire({ ...options, file });
  return true;
});

function speedOf(text: string): number {
  if (text === 'max') return Infinity;
  const speed = Number(text);
  if (!(speed >= 1 && speed <= 1_000_000)) throw new UsageError('--speed is a number from 1 on, or max');
  return speed;
}

function countOf(text: string | undefined): number {
  const count = text === undefined ? Infinity : Number(text);
  if (!(count >= 1)) throw new UsageError('--devices and --limit are numbers from 1 on');
  return count;
}
