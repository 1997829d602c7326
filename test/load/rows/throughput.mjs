import { waitUntil } from '../../../dist/simulators/client/index.js';
import { makeBuildings, makeDevices } from '../community.mjs';
import { loadShape, publishersOf, runLoad } from '../load.mjs';
import { residentMb, spread } from '../measure.mjs';
import { counters, startPlatform } from '../platform.mjs';
import { measureBaseline } from './baseline.mjs';
import { measureCeiling } from './ceiling.mjs';

const variants = {
  throughput: { duplicates: 0, disorder: 0 },
  'throughput-duplicates': { duplicates: 0.01, disorder: 0 },
  'throughput-disorder': { duplicates: 0, disorder: 0.2 },
};
export const throughputNames = Object.keys(variants);

/** Messages a second of the whole product on embedded stores, beside a subscriber that keeps nothing. */
export async function measureThroughput({ rounds, seconds, chosen, say }) {
  const settings = { warmUpSeconds: 3, seconds };
  const names = throughputNames.filter((name) => chosen(name));
  const generatorCeiling = await measureCeiling(settings);
  say(`load generator against a server that only acknowledges: ${generatorCeiling.toFixed(0)} messages/s`);
  const platform = await startPlatform();
  const areaIds = await makeBuildings(platform, 'load', 3);
  const devices = { prefix: 'load', count: loadShape.publishers, domain: 'fire', areaIds };
  const publishers = publishersOf(await makeDevices(platform, devices));
  const baselines = [];
  const results = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 1; round <= rounds; round += 1) {
    const baseline = await measureBaseline(settings);
    if (baseline) baselines.push(baseline);
    say(`round ${round}: baseline ${baseline ? `${baseline.messagesPerSecond.toFixed(0)} messages/s` : 'skipped'}`);
    for (const name of names) {
      const result = await measureOnce(platform, publishers, variants[name], settings);
      if (baseline) result.ratio = result.messagesPerSecond / baseline.messagesPerSecond;
      results[name].push(result);
      say(`round ${round}: ${name} ${result.messagesPerSecond.toFixed(0)} messages/s`);
    }
  }
  await platform.stop();
  return {
    generatorCeiling,
    baseline: baselines.length ? { rounds: baselines, ...spreads(baselines) } : undefined,
    baselineSkipped: baselines.length ? undefined : 'Mosquitto is not installed on this machine',
    rows: names.map((name) => ({ name, rounds: results[name], ...spreads(results[name]) })),
  };
}

/** @throws Error when what was acknowledged is not exactly what is stored: a rate of something else is no rate */
async function measureOnce(platform, publishers, mode, settings) {
  const before = await stored(platform);
  const memoryStartMb = residentMb(platform.pid);
  const report = await runLoad({
    port: platform.mqttPort,
    publishers,
    mode,
    settings,
    watched: { product: platform.pid },
  });
  const memoryEndMb = residentMb(platform.pid);
  if (report.unacknowledged > 0 || report.misordered > 0)
    throw new Error(`${report.unacknowledged} messages not acknowledged, ${report.misordered} PUBACKs out of order`);
  const fresh = (report.sentAltogether - report.repeatedAltogether) * loadShape.values;
  const repeated = report.repeatedAltogether * loadShape.values;
  await waitUntil(
    'counters tell of the last batch',
    async () => total(await stored(platform)) - total(before) >= fresh + repeated,
    { limitMs: 5000 },
  ).catch(() => undefined);
  const after = await stored(platform);
  const [gotFresh, gotRepeated] = [after.stored - before.stored, after.duplicate - before.duplicate];
  if (gotFresh !== fresh || gotRepeated !== repeated)
    throw new Error(`readings stored ${gotFresh} of ${fresh}, known as duplicates ${gotRepeated} of ${repeated}`);
  return {
    messagesPerSecond: report.acked / report.seconds,
    cpuUs: (report.cpu.product / report.acked) * 1e6,
    cores: report.cpu.product / report.seconds,
    generatorCores: report.cpuSeconds / report.seconds,
    memoryStartMb,
    memoryEndMb,
  };
}

const total = (counts) => counts.stored + counts.duplicate;

async function stored({ httpUrl }) {
  const found = await counters(httpUrl, 'sc_readings_total');
  return { stored: found.get('result="stored"') ?? 0, duplicate: found.get('result="duplicate"') ?? 0 };
}

const spreads = (rounds) =>
  Object.fromEntries(Object.keys(rounds[0]).map((key) => [`${key}Spread`, spread(rounds.map((round) => round[key]))]));
