import { parseArgs } from 'node:util';
import { systemClock } from '@sc/platform/clock';
import { loginAsAdmin, runningPlatform } from './client/index.js';
import { runCommand, UsageError } from './run-command.js';
import { runScenario, scenarioByName, scenarios, type Scenario } from './scenarios/index.js';

const list = scenarios.map(({ name, story }) => `  ${name.padEnd(24)} ${story.en}`).join('\n');
const usage = `npm run simulate -- <scenario | all>
${list}
Plays the story to the running demo (npm start) of the same DATA_DIR and compares alarms and orders with what is expected.`;

await runCommand(usage, async (print) => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h' } },
  });
  const [name, ...more] = positionals;
  if (values.help || name === undefined) {
    print(usage);
    return true;
  }
  const chosen: (Scenario | undefined)[] = name === 'all' ? scenarios : [scenarioByName(name)];
  if (more.length || chosen.includes(undefined))
    throw new UsageError(`there is no scenario "${positionals.join(' ')}"`);
  const platform = await runningPlatform(process.env);
  const client = await loginAsAdmin(platform);
  const { community } = platform.demo;
  const options = { client, mqttUrl: platform.mqttUrl, clock: systemClock, community, gridId: `${community}-grid-1` };
  let wrong = 0;
  for (const scenario of chosen.filter((s) => s !== undefined)) {
    print(`${scenario.name}: ${scenario.story.en}`);
    const { lines, differences, stage } = await runScenario(scenario, options);
    for (const line of lines) print(line);
    for (const difference of differences) print(`  ✗ ${difference}`);
    if (differences.length) wrong += 1;
    else print('  ✓ as expected');
    await stage.strike();
  }
  return wrong === 0;
});
