import { parseArgs } from 'node:util';
import { sections } from './sections.mjs';

const number = { type: 'string' };
const options = {
  only: { type: 'string', multiple: true, default: [] },
  report: { type: 'boolean', default: false },
  trial: { type: 'boolean', default: false },
  rounds: number,
  seconds: number,
  minutes: number,
  probes: number,
  alarms: number,
  buildings: number,
  readings: number,
  devices: number,
  help: { type: 'boolean', short: 'h', default: false },
};

export const usage = `npm run bench -- [--only section] [--trial] [--rounds n] [--seconds n] …
  --only     may be repeated: ${Object.keys(sections).join(', ')}
  --trial    keeps the figures in bench-results/ only
  --report   measures nothing: makes docs/benchmarks.md anew from docs/benchmarks/<version>.json
What a section takes, with its defaults:
${Object.entries(sections)
  .map(([name, { defaults }]) => `  ${name.padEnd(12)} ${words(defaults)}`)
  .join('\n')}
Everything stays on 127.0.0.1.`;

/** @throws TypeError naming what is wrong */
export function readArguments(args) {
  const { values } = parseArgs({ args, options });
  for (const name of values.only) if (!sections[name]) throw new TypeError(`there is no section ${name}`);
  const given = {};
  for (const name of ['rounds', 'seconds', 'minutes', 'probes', 'alarms', 'buildings', 'readings'])
    if (values[name] !== undefined) given[name] = positive(name, values[name]);
  if (values.devices !== undefined) given.devices = values.devices.split(',').map((word) => positive('devices', word));
  const chosen = Object.keys(sections).filter((name) => values.only.length === 0 || values.only.includes(name));
  return { ...values, chosen, given };
}

/** A section's own defaults, with what was asked for on the command line where it knows it. */
export const settingsOf = ({ defaults }, given) =>
  Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, given[name] ?? value]));

/** The line that repeats a measurement. */
export const commandOf = (name, settings) => `npm run bench -- --only ${name} ${words(settings)}`;

function words(settings) {
  return Object.entries(settings)
    .map(([name, value]) => `--${name} ${value}`)
    .join(' ');
}

function positive(name, word) {
  const value = Number(word);
  if (!Number.isInteger(value) || value < 1) throw new TypeError(`--${name} takes whole numbers from 1`);
  return value;
}
