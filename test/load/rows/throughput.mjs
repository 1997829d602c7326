import { makeBuildings, makeDevices } from '../community.mjs';
import { assertAcknowledged, loadShape, publishersOf, runLoad } from '../load.mjs';
import { familyCpuSeconds, residentMb, spreads } from '../measure.mjs';
import { startPlatform } from '../platform.mjs';
import { assertStored } from '../stored.mjs';
import { measureBaseline, noMosquitto } from './baseline.mjs';
import { measureCeiling } from './ceiling.mjs';

const variants = {
  distinct: { duplicates: 0, disorder: 0 },
  duplicates: { duplicates: 0.01, disorder: 0 },
  disorder: { duplicates: 0, disorder: 0.2 },
};

/** Messages a second of the whole product on embedded stores, beside a subscriber that keeps nothing. */
export async function measureThroughput({ rounds, seconds, say }) {
  const settings = { seconds };
  const generatorCeiling = await measureCeiling(settings);
  say(`load generator against a server that only acknowledges: ${generatorCeiling.toFixed(0)} messages/s`);
  const platform = await startPlatform();
  const publishers = await makePublishers(platform);
  const baselines = [];
  const results = Object.fromEntries(Object.keys(variants).map((name) => [name, []]));
  for (let round = 1; round <= rounds; round += 1) {
    const baseline = await measureBaseline(settings);
    if (baseline) baselines.push(baseline);
    say(`round ${round}: baseline ${baseline ? `${baseline.messagesPerSecond.toFixed(0)} messages/s` : 'skipped'}`);
    for (const [name, mode] of Object.entries(variants)) {
      const result = await measureOnce(platform, publishers, mode, settings);
      if (baseline) result.ratio = result.messagesPerSecond / baseline.messagesPerSecond;
      results[name].push(result);
      say(`round ${round}: ${name} ${result.messagesPerSecond.toFixed(0)} messages/s`);
    }
  }
  await platform.stop();
  return {
    generatorCeiling,
    baseline: baselines.length ? { rounds: baselines, spreads: spreads(baselines) } : undefined,
    baselineSkipped: baselines.length ? undefined : noMosquitto,
    rows: Object.entries(results).map(([name, list]) => ({ name, rounds: list, spreads: spreads(list) })),
  };
}

/** The 50 of the load, or as many as asked for: fire detectors, of whose every value default rules want to know. */
export async function makePublishers(platform, count = loadShape.publishers) {
  const areaIds = await makeBuildings(platform, 'load', 3);
  return publishersOf(await makeDevices(platform, { prefix: 'load', count, domain: 'fire', areaIds }));
}

async function measureOnce(platform, publishers, mode, settings) {
  const before = await platform.readings();
  const memoryStartMb = residentMb(platform.pid);
  const postgres = await platform.postgresPid();
  const report = await runLoad({
    port: platform.mqttPort,
    publishers,
    mode,
    settings,
    watched: { product: platform.pid, postgres: () => familyCpuSeconds(postgres) },
  });
  const memoryEndMb = residentMb(platform.pid);
  await assertStored(platform, before, [assertAcknowledged(report)]);
  return {
    messagesPerSecond: report.acked / report.seconds,
    cpuUs: (report.cpu.product / report.acked) * 1e6,
    postgresCpuUs: (report.cpu.postgres / report.acked) * 1e6,
    cores: report.cpu.product / report.seconds,
    generatorCores: report.cpuSeconds / report.seconds,
    pubackP50Ms: report.pubackMs?.p50,
    pubackP99Ms: report.pubackMs?.p99,
    memoryStartMb,
    memoryEndMb,
  };
}
