import { percentiles } from '../measure.mjs';
import { deviceIds, metric, readingsAt, valueOf } from './series.mjs';

const batchesAtOnce = 4;
const liveBatch = 1000;
const liveEveryMs = 100;

/** All readings of the plan through `append`, some batches under way at once, as the platform does. @returns readings per second */
export async function importAll(timeSeries, plan, say) {
  const start = performance.now();
  let next = 0;
  const one = async () => {
    while (next < plan.perDevice) {
      const tick = next++;
      const batch = readingsAt(plan, tick);
      const { stored } = await timeSeries.append(batch);
      if (stored !== batch.length) throw new Error(`${stored} readings stored of ${batch.length}`);
      if (tick % Math.ceil(plan.perDevice / 10) === 0) say(`imported ${tick * batch.length} readings`);
    }
  };
  await Promise.all(Array.from({ length: batchesAtOnce }, one));
  return (plan.perDevice * deviceIds.length) / ((performance.now() - start) / 1000);
}

/** 10,000 readings a second of all devices in turn, from `from` on. @returns `stop()`, which answers rate and commit times */
export function startWriting(timeSeries, from) {
  const times = [];
  let written = 0;
  let going = true;
  const start = performance.now();
  const go = async () => {
    for (let n = 0; going; n += 1) {
      const wait = start + n * liveEveryMs - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      const batch = liveReadings(from, n);
      const sentAt = performance.now();
      const { stored } = await timeSeries.append(batch);
      times.push(performance.now() - sentAt);
      if (stored !== batch.length) throw new Error(`${stored} readings stored of ${batch.length}`);
      written += stored;
    }
  };
  const running = go();
  // Told by `stop`; until then it must not end the process.
  running.catch(() => undefined);
  return async () => {
    going = false;
    await running;
    return { readingsPerSecond: (written / (performance.now() - start)) * 1000, commitMs: percentiles(times) };
  };
}

function liveReadings(from, n) {
  const first = (n * liveBatch) % deviceIds.length;
  return Array.from({ length: liveBatch }, (_, i) => {
    const device = first + i;
    return { deviceId: deviceIds[device], metric, ts: from + n * liveEveryMs, value: valueOf(device, n) };
  });
}
