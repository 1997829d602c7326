import { setTimeout as sleep } from 'node:timers/promises';
import { dayMs, days } from './series.mjs';

const idleMs = 200;
const neverExpires = { rawMs: 3650 * dayMs, minuteMs: 3650 * dayMs, hourMs: 3650 * dayMs };
/** Of thirty days the first goes while the questions are asked. */
const firstDayExpires = { ...neverExpires, rawMs: (days - 1) * dayMs };

/** Everything that is due, in the steps of the platform, or as much as fits in `limitMs`. @returns how long it took and what it did */
export async function compactAll(timeSeries, now, limitMs) {
  const start = performance.now();
  const did = { finished: false, steps: 0, readings: 0, rollUps: 0 };
  while (performance.now() - start < limitMs) {
    const step = await timeSeries.compact({ now, retentionOf: () => neverExpires });
    if (!step) {
      did.finished = true;
      break;
    }
    count(did, step);
  }
  return { ...did, seconds: (performance.now() - start) / 1000 };
}

/** Rolls up and deletes while something else goes on. @param nowOf the time by which is judged. @returns `stop()`, which answers what was done */
export function startUpkeep(timeSeries, nowOf, { expires = false } = {}) {
  const retention = expires ? firstDayExpires : neverExpires;
  const did = { steps: 0, readings: 0, rollUps: 0, expired: 0 };
  let going = true;
  const go = async () => {
    while (going) {
      const maintenance = { now: nowOf(), retentionOf: () => retention };
      const steps = [await timeSeries.compact(maintenance), await timeSeries.expire(maintenance)].filter(Boolean);
      for (const step of steps) count(did, step);
      if (steps.length === 0) await sleep(idleMs);
    }
  };
  const running = go();
  // Told by `stop`; until then it must not end the process.
  running.catch(() => undefined);
  return async () => {
    going = false;
    await running;
    return did;
  };
}

function count(did, step) {
  did.steps += 1;
  did.rollUps += step.rollUps;
  did[step.did === 'expired' ? 'expired' : 'readings'] += step.readings;
}
