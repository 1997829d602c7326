import { assertAcknowledged, runLoad } from '../load.mjs';
import { residentMb } from '../measure.mjs';
import { startPlatform } from '../platform.mjs';
import { assertStored } from '../stored.mjs';
import { makePublishers } from './throughput.mjs';

const lookEveryMs = 10_000;

/** Does memory grow? The load of the throughput for a long time, looked at every ten seconds. */
export async function measureSoak({ minutes, say }) {
  const platform = await startPlatform();
  const publishers = await makePublishers(platform);
  const before = await platform.readings();
  const start = performance.now();
  const samples = [];
  const look = async () => {
    const heap = (await platform.metrics('nodejs_heap_size_used_bytes')).get('') ?? NaN;
    samples.push({ seconds: (performance.now() - start) / 1000, mb: residentMb(platform.pid), heapMb: heap / 2 ** 20 });
  };
  let failure;
  const timer = setInterval(() => look().catch((error) => (failure = error)), lookEveryMs);
  try {
    const report = assertAcknowledged(
      await runLoad({ port: platform.mqttPort, publishers, settings: { seconds: minutes * 60 } }),
    );
    clearInterval(timer);
    if (failure) throw failure;
    await assertStored(platform, before, [report]);
    const growth = { mb: growthOfLastHalf(samples, 'mb'), heapMb: growthOfLastHalf(samples, 'heapMb') };
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
