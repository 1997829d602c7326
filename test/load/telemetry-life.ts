// What roll-ups, compaction and deletion do to a history of the embedded store, and to who appends meanwhile. Prints JSON.
// node --import ./test/integration/time-series-child/typescript.mjs test/load/telemetry-life.ts [readings] [devices] [days]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { DuckDbTimeSeries, type Maintenance, type Reading } from '@sc/platform/time-series';

const [readings = 20_000_000, devices = 5_000, days = 30] = process.argv.slice(2).map(Number);
const DAY = 86_400_000;
const END = Date.UTC(2026, 6, 1);
const START = END - days * DAY;
const BATCH = 2_000;
const QUERIES = 40;
const directory = await mkdtemp(join(tmpdir(), 'telemetry-life-'));
const keptForEver = { rawMs: 1e14, minuteMs: 1e14, hourMs: 1e14 };
const names = Array.from({ length: devices }, (_, index) => `garden/sensor-${index}`);
const report: Record<string, unknown> = { readings, devices, days };

let store = new DuckDbTimeSeries({ directory });
const stepMs = (days * DAY) / readings;
const reading = (index: number): Reading => ({
  deviceId: names[index % devices]!,
  metric: 'temperature',
  ts: Math.floor(START + index * stepMs),
  value: Math.round((20 + 5 * Math.sin(index / 100_000) + Math.random()) * 10) / 10,
});

function quantiles(times: number[]): { p50: number; p95: number; max: number } {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!);
  return { p50: at(0.5), p95: at(0.95), max: Math.round(sorted.at(-1)!) };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

async function repeated(
  work: (device: string, round: number) => Promise<unknown>,
): Promise<ReturnType<typeof quantiles>> {
  const times: number[] = [];
  for (let round = 0; round < QUERIES; round += 1)
    times.push(await timed(() => work(names[(round * 7_919) % devices]!, round)));
  return quantiles(times);
}

/** Ms per query, of one device; the last values of all devices after a restart and again. */
async function queries(): Promise<Record<string, unknown>> {
  const ask = (deviceId: string, from: number, to: number, windowMs: number) =>
    store.aggregate({ deviceIds: [deviceId], metric: 'temperature', from, to, windowMs, aggregate: 'avg' });
  const day = await repeated((device, round) => {
    const from = START + (round % days) * DAY;
    return ask(device, from, from + DAY, 60_000);
  });
  const month = await repeated((device) => ask(device, START, END, 3_600_000));
  const page = await repeated((deviceId) =>
    store.read({ deviceIds: [deviceId], metric: 'temperature', from: START, to: END, limit: 10_000 }),
  );
  await store.close();
  store = new DuckDbTimeSeries({ directory });
  const open = await timed(() => store.open());
  const last = await timed(async () => {
    for (let from = 0; from < devices; from += 100) await store.last(names.slice(from, from + 100));
  });
  return {
    dayByMinute: day,
    monthByHour: month,
    rawMonth: page,
    openMs: Math.round(open),
    lastOfAllMs: Math.round(last),
  };
}

async function size(): Promise<Record<string, number>> {
  const { readings: rows = 0, rollUps = 0, fileBytes = 0, usedBytes = 0 } = await store.usage();
  const perMillion = Math.round(usedBytes / (rows / 1e6));
  return { rows, rollUps, fileBytes, usedBytes, usedBytesPerMillionReadings: perMillion };
}

/** Small appends as fast as one after the other with a short rest, until told to stop; gives the time of each. */
function appending(): { stop: () => Promise<number[]> } {
  let going = true;
  const times: number[] = [];
  const done = (async () => {
    while (going) {
      appended += 500;
      const batch = Array.from({ length: 500 }, (_, index) => ({
        ...reading(appended + index),
        ts: END + DAY + appended + index,
      }));
      times.push(await timed(() => store.append(batch)));
      await wait(10);
    }
  })();
  return {
    stop: async () => {
      going = false;
      await done;
      return times;
    },
  };
}
let appended = 0;

async function whileAppending(
  work: () => Promise<unknown>,
): Promise<{ tookMs: number; append: ReturnType<typeof quantiles> }> {
  const appender = appending();
  const tookMs = Math.round(await timed(work));
  return { tookMs, append: quantiles(await appender.stop()) };
}

async function upkeep(what: 'compact' | 'expire', maintenance: Maintenance): Promise<Record<string, unknown>> {
  let steps = 0;
  const longest: number[] = [];
  const cpu = process.cpuUsage();
  const result = await whileAppending(async () => {
    for (;;) {
      const from = performance.now();
      if (!(await store[what](maintenance))) return;
      longest.push(performance.now() - from);
      steps += 1;
    }
  });
  const { user, system } = process.cpuUsage(cpu);
  return { steps, longestStepMs: Math.round(Math.max(0, ...longest)), cpuSeconds: (user + system) / 1e6, ...result };
}

try {
  const cpu = process.cpuUsage();
  const appendMs = await timed(async () => {
    for (let from = 0; from < readings; from += BATCH * 4) {
      await Promise.all(
        [0, 1, 2, 3].map((part) =>
          store.append(Array.from({ length: BATCH }, (_, index) => reading(from + part * BATCH + index))),
        ),
      );
    }
  });
  const used = process.cpuUsage(cpu);
  report['append'] = {
    perSecond: Math.round(readings / (appendMs / 1000)),
    cpuSecondsPerMillion: (used.user + used.system) / readings,
  };
  const before = await queries();
  report['before'] = { ...before, ...(await size()) };
  report['idleAppend'] = (await whileAppending(() => wait(15_000))).append;
  report['compaction'] = await upkeep('compact', { now: END + DAY, retentionOf: () => keptForEver });
  const after = await queries();
  report['after'] = { ...after, ...(await size()) };
  const half = { ...keptForEver, rawMs: (days / 2) * DAY };
  report['expiry of half'] = await upkeep('expire', { now: END, retentionOf: () => half });
  const left = await queries();
  report['after expiry'] = { ...left, ...(await size()) };
} finally {
  await store.close();
  await rm(directory, { recursive: true });
}
console.log(JSON.stringify(report, undefined, 2));
