import { percentiles } from '../measure.mjs';
import { dayMs, days, deviceIds, metric } from './series.mjs';

/** What people look at, asked of random devices. `store` answers `day`, `month` and `last`. @returns ms by question */
export async function askAll(store, plan, probes) {
  const random = (most) => Math.floor(Math.random() * most);
  const questions = {
    day: () => store.day(deviceIds[random(deviceIds.length)], plan.start + random(days) * dayMs),
    month: () => store.month(deviceIds[random(deviceIds.length)]),
    last: () => store.last(),
  };
  const result = {};
  for (const [name, ask] of Object.entries(questions)) {
    const times = [];
    for (let n = 0; n < probes; n += 1) {
      const start = performance.now();
      const found = await ask();
      times.push(performance.now() - start);
      const expected = name === 'last' ? deviceIds.length : 1;
      if (found < expected) throw new Error(`${name}: ${found} answers instead of at least ${expected}`);
    }
    result[name] = percentiles(times);
  }
  return result;
}

/** The three questions through the platform's port. Each answers how many points it got. */
export const questionsOf = (timeSeries, plan) => ({
  day: async (deviceId, from) => windows(timeSeries, deviceId, from, from + dayMs, 60_000, 'avg').then(sizeOf),
  month: async (deviceId) => windows(timeSeries, deviceId, plan.start, plan.end, 3_600_000, 'avg').then(sizeOf),
  last: async () => (await timeSeries.last(deviceIds)).length,
});

/** @throws Error when a device has not exactly the readings that were acknowledged */
export async function assertComplete(timeSeries, plan, probes) {
  for (let n = 0; n < probes; n += 1) {
    const deviceId = deviceIds[Math.floor(Math.random() * deviceIds.length)];
    const counts = await windows(timeSeries, deviceId, plan.start, plan.end, dayMs, 'count');
    const found = counts.reduce((sum, { value }) => sum + value, 0);
    if (found !== plan.perDevice) throw new Error(`${deviceId}: ${found} readings stored of ${plan.perDevice}`);
  }
}

const sizeOf = (points) => points.length;

const windows = (timeSeries, deviceId, from, to, windowMs, aggregate) =>
  timeSeries.aggregate({ deviceIds: [deviceId], metric, from, to, windowMs, aggregate });
