import type { Reading } from '@sc/platform/time-series';

const minute = 60_000;
const day = 1440 * minute;
const batchSize = 20_000;

/** The same numbers in every run: a linear congruential generator. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
}

/**
 * Smoke detectors of homes that report smoke and temperature once a minute: noise of the meter, a day's course of warmth, now
 * and then a pan on a stove (5–8 %/m for one to four minutes) or somebody at the mains (a detector away for half an hour),
 * and one fire. In order of time, in batches.
 */
export function* communityMonth({
  devices,
  from,
  to,
}: {
  devices: readonly string[];
  from: number;
  to: number;
}): Iterable<Reading[]> {
  const random = randomOf(7);
  const fireAt = from + Math.floor((to - from) * 0.6);
  const cooking = new Map<number, number>();
  const awayUntil = new Map<number, number>();
  let batch: Reading[] = [];
  for (let at = from; at < to; at += minute) {
    for (const [index, deviceId] of devices.entries()) {
      const ts = at + ((index * 577) % 60_000);
      if (random() < 1 / 40_000) cooking.set(index, at + (1 + Math.floor(random() * 4)) * minute);
      if (random() < 1 / 80_000) awayUntil.set(index, at + 30 * minute);
      if ((awayUntil.get(index) ?? 0) > at) continue;
      const burns = index === 3 && at >= fireAt && at < fireAt + 20 * minute;
      const smoke = burns ? 12 : (cooking.get(index) ?? 0) > at ? 5 + 3 * random() : random();
      const warmth = 21 + 3 * Math.sin(((at % day) / day) * 2 * Math.PI) + (burns ? 50 : 0) + random();
      batch.push({ deviceId, metric: 'smoke', ts, value: Math.round(smoke * 10) / 10 });
      batch.push({ deviceId, metric: 'temperature', ts, value: Math.round(warmth * 10) / 10 });
    }
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
