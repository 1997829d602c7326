import { setTimeout as sleep } from 'node:timers/promises';
import { percentiles } from '../measure.mjs';
import { dayMs, days, deviceIds, metric } from './series.mjs';

/** The first days may have expired. */
const askedFromDay = 2;
const tries = 20;
const againAfterMs = 500;
const random = (most) => Math.floor(Math.random() * most);
const someDevice = () => deviceIds[random(deviceIds.length)];

/**
 * What people look at, asked of random devices. `store` answers `day`, `month` and `last` with how many points it got.
 * @returns ms by question; `incomplete`: answers that lacked something which a later one had; `lacking`: questions of which no
 *   answer was ever whole, with what was expected and what was found
 */
export async function askAll(store, plan, probes) {
  const questions = {
    day: [1, () => store.day(someDevice(), plan.start + (askedFromDay + random(days - askedFromDay)) * dayMs)],
    month: [1, () => store.month(someDevice())],
    last: [deviceIds.length, () => store.last()],
  };
  const result = { incomplete: 0, lacking: {} };
  for (const [name, [expected, ask]] of Object.entries(questions)) {
    const times = [];
    for (let n = 0; n < probes; n += 1) {
      const start = performance.now();
      const found = await ask();
      times.push(performance.now() - start);
      if (found >= expected) continue;
      const later = await askAgain(ask, expected);
      if (Math.max(...later) >= expected) result.incomplete += 1;
      else {
        result.lacking[name] = { expected, found: later };
        break;
      }
    }
    result[name] = percentiles(times);
  }
  return result;
}

/** An answer that lacks something for a while is a wrong answer; one that stays so has lost data, or the store cannot answer. */
async function askAgain(ask, expected) {
  const found = [];
  for (let n = 0; n < tries; n += 1) {
    await sleep(againAfterMs);
    found.push(await ask());
    if (found.at(-1) >= expected) break;
  }
  return found;
}

/** The three questions through the platform's port. */
export const questionsOf = (timeSeries, plan) => ({
  day: async (deviceId, from) => (await windows(timeSeries, deviceId, from, from + dayMs, 60_000, 'avg')).length,
  month: async (deviceId) => (await windows(timeSeries, deviceId, plan.start, plan.end, 3_600_000, 'avg')).length,
  last: async () => (await timeSeries.last(deviceIds)).length,
});

/** @throws Error when one of some devices has not exactly the readings that were acknowledged */
export async function assertComplete(timeSeries, plan, probes, fromDay = 0) {
  const from = plan.start + fromDay * dayMs;
  const expected = plan.perDevice - Math.ceil((from - plan.start) / plan.everyMs);
  for (let n = 0; n < probes; n += 1) {
    const deviceId = someDevice();
    const counts = await windows(timeSeries, deviceId, from, plan.end, dayMs, 'count');
    const found = counts.reduce((sum, { value }) => sum + value, 0);
    if (found !== expected) throw new Error(`${deviceId}: ${found} readings stored of ${expected}`);
  }
}

/** The same for what was written meanwhile: `of(device)` readings of each. */
export async function assertWritten(timeSeries, { from, to, of }, probes) {
  for (let n = 0; n < probes; n += 1) {
    const device = random(deviceIds.length);
    const counts = await windows(timeSeries, deviceIds[device], from, to, dayMs, 'count');
    const found = counts.reduce((sum, { value }) => sum + value, 0);
    if (found !== of(device)) throw new Error(`${deviceIds[device]}: ${found} new readings stored of ${of(device)}`);
  }
}

const windows = (timeSeries, deviceId, from, to, windowMs, aggregate) =>
  timeSeries.aggregate({ deviceIds: [deviceId], metric, from, to, windowMs, aggregate });
