import { cleanUp, endOnSignals, isEnding } from './cleanup.mjs';
import { commit, describeMachine, lookAround, stolenSince } from './machine.mjs';
import { pageOf, sectionPage } from './report.mjs';
import { bounds, keep, keepRaw, kept, writePage } from './results.mjs';
import { sections } from './sections.mjs';
import { commandOf, readArguments, settingsOf, usage } from './settings.mjs';

async function main() {
  let wanted;
  try {
    wanted = readArguments(process.argv.slice(2));
  } catch (error) {
    console.error(`${error.message}\n\n${usage}`);
    return 2;
  }
  if (wanted.help) console.log(usage);
  else if (wanted.report) await writePage(pageOf(kept(), bounds()));
  else await measureAll(wanted);
  return 0;
}

/** Each section is kept as soon as it is measured: one that fails later does not take the others with it. */
async function measureAll({ chosen, given, trial }) {
  const raw = {};
  for (const name of chosen) {
    console.log(name);
    const section = await measureOne(name, given);
    raw[name] = section;
    if (!trial) {
      await keep(name, section);
      await writePage(pageOf(kept(), bounds()));
    }
    console.log(`\n${sectionPage(name, section)}\n`);
    // What a section leaves running would be measured with the next one.
    await cleanUp();
  }
  console.log(`figures: ${keepRaw(raw)}${trial ? ' (a trial: docs/benchmarks is as it was)' : ', docs/benchmarks'}`);
}

async function measureOne(name, given) {
  const section = sections[name];
  const settings = settingsOf(section, given);
  const around = await lookAround();
  if (around.contended) console.log(`  contended: other work keeps ${around.busyCores.toFixed(1)} processors busy`);
  const at = new Date().toISOString();
  const result = await section.measure({ ...settings, say: (line) => console.log(`  ${line}`) });
  return {
    at,
    commit: commit(),
    settings,
    command: commandOf(name, settings),
    machine: { ...describeMachine(), busyCoresBefore: around.busyCores, stolenShare: stolenSince(around) },
    contended: around.contended,
    result,
  };
}

endOnSignals();
try {
  process.exitCode = await main();
} catch (error) {
  if (!isEnding()) console.error(error);
  process.exitCode = 1;
}
// A signal ends the process by itself, with its own code.
if (!isEnding()) {
  await cleanUp();
  process.exit();
}
