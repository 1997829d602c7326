import { parseArgs } from 'node:util';
import { systemClock } from '@sc/platform/clock';
import { loginAsAdmin, runningPlatform } from './client/index.js';
import { runLoad } from './load/index.js';
import { runCommand, UsageError } from './run-command.js';
import { runScenario, scenarioByName, scenarios, type Scenario, type ScenarioOptions } from './scenarios/index.js';

const list = scenarios.map(({ name, story }) => `  ${name.padEnd(24)} ${story.en}`).join('\n');
const usage = `npm run simulate -- <scenario | all>
${list}
Plays the story to the running demo (npm start) of the same DATA_DIR and compares alarms and orders with what is expected.

npm run simulate -- load --devices 5000 --rate 1000 --seconds 30
Registers so many devices, publishes at the rate (messages a second over all of them), tells what was acknowledged and how
fast, and takes the devices away again, also after Ctrl-C.`;

await runCommand(usage, async (print) => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      devices: { type: 'string', default: '100' },
      rate: { type: 'string', default: '100' },
      seconds: { type: 'string', default: '10' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const [name, ...more] = positionals;
  if (values.help || name === undefined) {
    print(usage);
    return true;
  }
  const chosen: (Scenario | undefined)[] = name === 'all' ? scenarios : [scenarioByName(name)];
  if (more.length || (name !== 'load' && chosen.includes(undefined)))
    throw new UsageError(`there is no scenario "${positionals.join(' ')}"`);
  const size = {
    devices: numberOf(values, 'devices'),
    rate: numberOf(values, 'rate'),
    seconds: numberOf(values, 'seconds'),
  };
  const platform = await runningPlatform(process.env);
  const client = await loginAsAdmin(platform);
  const { community } = platform.demo;
  const options = { client, mqttUrl: platform.mqttUrl, clock: systemClock, community, gridId: `${community}-grid-1` };
  if (name !== 'load')
    return play(
      chosen.filter((s) => s !== undefined),
      options,
      print,
    );
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const { refused, failed, heldBack } = await runLoad({ ...options, ...size, print, signal: stop.signal });
  return refused + failed + heldBack === 0;
});

async function play(
  chosen: readonly Scenario[],
  options: ScenarioOptions,
  print: (line: string) => void,
): Promise<boolean> {
  let wrong = 0;
  for (const scenario of chosen) {
    print(`${scenario.name}: ${scenario.story.en}`);
    const { lines, differences, stage } = await runScenario(scenario, options);
    for (const line of lines) print(line);
    for (const difference of differences) print(`  ✗ ${difference}`);
    if (differences.length) wrong += 1;
    else print('  ✓ as expected');
    await stage.strike();
  }
  return wrong === 0;
}

function numberOf<K extends string>(values: Record<K, string>, name: K): number {
  const value = Number(values[name]);
  if (!(value > 0 && value <= 1_000_000)) throw new UsageError(`--${name} is a number above 0`);
  return value;
}
