import { percentiles } from '../measure.mjs';
import { deviceIds, metric, readingsAt, valueOf } from './series.mjs';

const batchesAtOnce = 4;
const liveBatch = 1000;
const liveEveryMs = 100;
/** Batches after which all devices had their turn. */
const turns = deviceIds.length / liveBatch;

/**
 * A part of the plan through `append`, some batches under way at once, as the platform does.
 * @param ticks [first, end) · @param onTick told how far it is
 * @returns readings per second
 */
export async function importPart(timeSeries, plan, [first, end], onTick = () => undefined) {
  const start = performance.now();
  let next = first;
  const one = async () => {
    while (next < end) {
      const tick = next++;
      await appendAll(timeSeries, readingsAt(plan, tick));
      onTick(tick);
    }
  };
  await Promise.all(Array.from({ length: batchesAtOnce }, one));
  return ((end - first) * deviceIds.length) / ((performance.now() - start) / 1000);
}

/**
 * 10,000 readings a second of all devices in turn, from `from` on.
 * @returns `stop()`, which answers the rate, commit times, and `written`: what must be stored
 */
export function startWriting(timeSeries, from) {
  const times = [];
  let batches = 0;
  let going = true;
  const start = performance.now();
  const go = async () => {
    for (; going; batches += 1) {
      const wait = start + batches * liveEveryMs - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      const sentAt = performance.now();
      await appendAll(timeSeries, liveReadings(from, batches));
      times.push(performance.now() - sentAt);
    }
  };
  const running = go();
  // Told by `stop`; until then it must not end the process.
  running.catch(() => undefined);
  return async () => {
    going = false;
    await running;
    const of = (device) => Math.ceil((batches - Math.floor(device / liveBatch)) / turns);
    return {
      readingsPerSecond: ((batches * liveBatch) / (performance.now() - start)) * 1000,
      commitMs: percentiles(times),
      written: { from, to: from + batches * liveEveryMs, of },
    };
  };
}

/** @throws Error when the store does not say that each of them is new and stored */
async function appendAll(timeSeries, batch) {
  const { stored } = await timeSeries.append(batch);
  if (stored !== batch.length) throw new Error(`${stored} readings stored of ${batch.length}`);
}

function liveReadings(from, n) {
  const first = (n % turns) * liveBatch;
  return Array.from({ length: liveBatch }, (_, i) => {
    const device = first + i;
    return { deviceId: deviceIds[device], metric, ts: from + n * liveEveryMs, value: valueOf(device, n) };
  });
}
