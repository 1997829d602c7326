// A month of one community in the embedded store, and rules back-tested over it. Needs TEST_DATABASE_URL (an empty PostgreSQL). Prints JSON.
// node --import ./test/integration/time-series-child/typescript.mjs test/load/back-test.ts [detectors] [days] [folder to keep the readings in]
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Rule } from '@sc/contracts';
import { domainByName } from '@sc/domains';
import { type DetectionInput, Detector } from '@sc/features/detection';
import { DuckDbTimeSeries } from '@sc/platform/time-series';
import { BackTestRun } from '../../libs/features/back-test/back-test-run.js';
import { backTestLimits } from '../../libs/features/back-test/limits.js';
import { aDevice, seedAreas } from '../support/builders.js';
import { createTestDatabase } from '../support/database.js';
import { communityMonth } from './history/community-month.js';
import { keepAlarms } from './history/keep-alarms.js';

const [detectors = 100, days = 30] = process.argv.slice(2, 4).map(Number);
const kept = process.argv[4];
const directory = kept ?? (await mkdtemp(join(tmpdir(), 'back-test-')));
const end = Date.UTC(2026, 6, 1);
const from = end - days * 86_400_000;
const isFilled = kept !== undefined && existsSync(join(kept, 'readings.duckdb'));
await mkdir(directory, { recursive: true });

const ruleOf = (id: string): Rule => {
  const rule = (domainByName('fire')?.rules ?? []).find((one) => one.id === id);
  if (!rule) throw new Error(`no rule ${id}`);
  return rule;
};
const smoke = ruleOf('fire-smoke');
const silent = ruleOf('fire-silent');
/** What an operator who is tired of kitchens may want to know. */
const patient: Rule = { ...smoke, condition: { ...smoke.condition, onDelayMs: 60_000 } as Rule['condition'] };

const test = await createTestDatabase();
const series = new DuckDbTimeSeries({ directory });
const devices = Array.from({ length: detectors }, (_, index) => `c1/smoke-${index + 1}`);
const report: Record<string, unknown> = { detectors, days };

async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const [begin, cpu] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(cpu);
  report[name] = { seconds: round((performance.now() - begin) / 1000), cpuSeconds: round((user + system) / 1e6) };
  return result;
}

const round = (value: number) => Math.round(value * 100) / 100;

/** As they came, with what the rules in force raised meanwhile. */
async function live(): Promise<void> {
  const detector = new Detector({
    onRuleFailure: (_, error) => {
      throw error;
    },
  });
  detector.setRules([smoke, silent]);
  const told = [];
  for (const batch of communityMonth({ devices, from, to: end })) {
    if (!isFilled) await series.append(batch);
    const inputs = batch.map((one): DetectionInput => ({
      kind: 'reading',
      domain: 'fire',
      receivedAt: one.ts,
      ...one,
    }));
    told.push(...detector.evaluate(inputs), ...detector.tick(batch.at(-1)!.ts));
  }
  await keepAlarms(test.db, told);
}

async function backTest(name: string, rule: Rule): Promise<void> {
  const limits = backTestLimits;
  const question = { rule, deviceIds: devices, from, to: end };
  const sources = { series, db: test.db, timeZone: 'Asia/Shanghai', now: end, limits };
  const run = new BackTestRun(question, sources, new AbortController().signal);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  let heap = 0;
  const look = setInterval(() => (heap = Math.max(heap, process.memoryUsage().heapUsed)), 50);
  delay.enable();
  const [begin, cpu] = [performance.now(), process.cpuUsage()];
  const { readings, totals } = await run.run();
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (performance.now() - begin) / 1000;
  delay.disable();
  clearInterval(look);
  report[name] = {
    readings,
    seconds: round(seconds),
    readingsPerSecond: Math.round(readings / seconds),
    readingsPerCpuSecond: Math.round(readings / ((user + system) / 1e6)),
    loopDelayMs: {
      p50: round(delay.percentile(50) / 1e6),
      p99: round(delay.percentile(99) / 1e6),
      max: round(delay.max / 1e6),
    },
    heapMiB: Math.round(heap / 2 ** 20),
    ...totals,
  };
}

/** Without a store: what the detector alone costs. */
function detectAlone(rule: Rule): number {
  const detector = new Detector({ onRuleFailure: () => undefined });
  detector.setRules([rule]);
  let readings = 0;
  let cpu = 0;
  for (const batch of communityMonth({ devices, from, to: from + Math.min(days, 3) * 86_400_000 })) {
    batch.sort((a, b) => a.ts - b.ts);
    const begin = process.cpuUsage();
    const inputs = batch.map(({ deviceId, metric, ts, value }): DetectionInput => {
      return { kind: 'reading', deviceId, domain: 'fire', ts, receivedAt: ts, metric, value };
    });
    detector.evaluate(inputs);
    const { user, system } = process.cpuUsage(begin);
    cpu += user + system;
    readings += batch.length;
  }
  return Math.round(readings / (cpu / 1e6));
}

try {
  await seedAreas(test.db);
  for (const id of devices) await aDevice(test.db, { id });
  await timed('fill and detect as it comes', live);
  const always = { rawMs: 1e14, minuteMs: 1e14, hourMs: 1e14 };
  await timed('compact', async () => {
    while (await series.compact({ now: end + 2 * 86_400_000, retentionOf: () => always }));
  });
  await backTest('smoke, as it is', smoke);
  await backTest('smoke, for a minute', patient);
  await backTest('silence (every reading)', silent);
  report['detect alone, readings per second of processor'] = {
    smoke: detectAlone(smoke),
    silence: detectAlone(silent),
  };
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
} finally {
  await series.close();
  await test.drop();
  if (!kept) await rm(directory, { recursive: true });
}
