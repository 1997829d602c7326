import { setTimeout as sleep } from 'node:timers/promises';
import { assertAcknowledged, startLoad } from '../load.mjs';
import { cpuSeconds, familyCpuSeconds } from '../measure.mjs';
import { startPlatform } from '../platform.mjs';
import { Inspector, summarise } from '../profiler.mjs';
import { assertStored } from '../stored.mjs';
import { makePublishers } from './throughput.mjs';

const warmUpMs = 5000;

/** Where the platform's main thread spends its time under the load of the throughput. */
export async function measureProfile({ seconds, say }) {
  const platform = await startPlatform({ nodeArguments: ['--inspect=127.0.0.1:0'] });
  const inspector = await Inspector.connect(platform.output);
  const publishers = await makePublishers(platform);
  const before = await platform.readings();
  const postgres = await platform.postgresPid();
  const stop = await startLoad({ port: platform.mqttPort, publishers });
  await sleep(warmUpMs);
  const look = () => ({ at: performance.now(), cpu: cpuSeconds(platform.pid), postgres: familyCpuSeconds(postgres) });
  const from = look();
  const profile = await inspector.profile(seconds * 1000);
  const to = look();
  const report = assertAcknowledged(await stop());
  await assertStored(platform, before, [report]);
  inspector.close();
  await platform.stop();
  const elapsed = (to.at - from.at) / 1000;
  const summary = summarise(profile);
  for (const { owner, share } of summary.owners) say(`${owner}: ${(share * 100).toFixed(1)} %`);
  return {
    messagesPerSecond: report.acked / report.seconds,
    /** Of all threads: the main one, DuckDB's, garbage collection, the pool. */
    processCores: (to.cpu - from.cpu) / elapsed,
    postgresCores: (to.postgres - from.postgres) / elapsed,
    ...summary,
  };
}
