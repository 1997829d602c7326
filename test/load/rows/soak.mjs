import { assertAcknowledged, loadShape, runLoad } from '../load.mjs';
import { residentMb } from '../measure.mjs';
import { startPlatform } from '../platform.mjs';
import { assertStored } from '../stored.mjs';
import { makePublishers } from './throughput.mjs';

const lookEveryMs = 10_000;
/**
 * Each device's time is in whole milliseconds and never twice the same: of one that sends more than a thousand messages a second it
 * runs ahead of the clock, and after five minutes of that the platform refuses it. So there are more of them, with as much under way.
 */
const devicesPerPublisher = 4;

/** Does memory grow? The load of the throughput for a long time, looked at every ten seconds. */
export async function measureSoak({ minutes, say }) {
  const platform = await startPlatform();
  const publishers = await makePublishers(platform, loadShape.publishers * devicesPerPublisher);
  const window = loadShape.window / devicesPerPublisher;
  const before = await platform.readings();
  const start = performance.now();
  const samples = [];
  const look = async () => {
    const bytes = async (name, labels = '') => ((await platform.metrics(name)).get(labels) ?? NaN) / 2 ** 20;
    const seconds = (performance.now() - start) / 1000;
    samples.push({
      seconds,
      mb: residentMb(platform.pid),
      heapMb: await bytes('nodejs_heap_size_used_bytes'),
      externalMb: await bytes('nodejs_external_memory_bytes'),
      storeMb: await bytes('sc_time_series_bytes', 'kind="memory"'),
    });
  };
  let failure;
  const timer = setInterval(() => look().catch((error) => (failure = error)), lookEveryMs);
  try {
    const report = assertAcknowledged(
      await runLoad({ port: platform.mqttPort, publishers, window, settings: { seconds: minutes * 60 } }),
    );
    clearInterval(timer);
    if (failure) throw failure;
    await assertStored(platform, before, [report]);
    const growth = Object.fromEntries(
      ['mb', 'heapMb', 'externalMb', 'storeMb'].map((key) => [key, growthOfLastHalf(samples, key)]),
    );
    say(`memory ${(growth.mb.share * 100).toFixed(1)} %, heap ${(growth.heapMb.share * 100).toFixed(1)} %`);
    return { messagesPerSecond: report.acked / report.seconds, messages: report.sentAltogether, growth, samples };
  } finally {
    clearInterval(timer);
  }
}

/** A line through the last half (least squares): by what share of its beginning it has risen at its end. */
function growthOfLastHalf(samples, key) {
  const end = samples.at(-1).seconds;
  const half = samples.filter(({ seconds }) => seconds >= end / 2);
  const mean = (of) => half.reduce((sum, sample) => sum + of(sample), 0) / half.length;
  const [x, y] = [mean(({ seconds }) => seconds), mean((sample) => sample[key])];
  const slope =
    half.reduce((sum, sample) => sum + (sample.seconds - x) * (sample[key] - y), 0) /
    half.reduce((sum, { seconds }) => sum + (seconds - x) ** 2, 0);
  const at = (seconds) => y + slope * (seconds - x);
  const [first, last] = [at(half[0].seconds), at(end)];
  return { share: (last - first) / first, first, last, samples: half.length };
}
