import { setTimeout as sleep } from 'node:timers/promises';
import { assertAcknowledged, loadShape, mostAhead, runLoad } from '../load.mjs';
import { familyCpuSeconds, residentMb, spreads } from '../measure.mjs';
import { startPlatformWithBroker, waitForAdmission } from '../platform-broker.mjs';
import { assertStored } from '../stored.mjs';
import { measureBaseline, noMosquitto } from './baseline.mjs';
import { makePublishers } from './throughput.mjs';

/** `/metrics` tells five times a second what is stored; what arrives meanwhile comes on top of what the baseline may be ahead. */
const lookEveryMs = 200;
const maxAhead = 2 * mostAhead;

/** The same load through Mosquitto, as deploy/ sets it up, to the platform: what it has stored counts. */
export async function measureExternal({ rounds, seconds, say }) {
  const platform = await startPlatformWithBroker();
  if (!platform) return { skipped: noMosquitto };
  const publishers = await makePublishers(platform);
  for (const { login } of publishers) await waitForAdmission(platform.mqttPort, login);
  const baselines = [];
  const ours = [];
  for (let round = 1; round <= rounds; round += 1) {
    const baseline = await measureBaseline({ seconds });
    const result = await measureOnce(platform, publishers, { seconds });
    result.ratio = result.messagesPerSecond / baseline.messagesPerSecond;
    baselines.push(baseline);
    ours.push(result);
    say(
      `round ${round}: baseline ${baseline.messagesPerSecond.toFixed(0)}, platform ${result.messagesPerSecond.toFixed(0)} messages/s`,
    );
  }
  await platform.stop();
  return {
    maxAhead,
    baseline: { rounds: baselines, spreads: spreads(baselines) },
    platform: { rounds: ours, spreads: spreads(ours) },
  };
}

async function measureOnce(platform, publishers, settings) {
  const before = await platform.readings();
  const postgres = await platform.postgresPid();
  const followed = follow(platform, before);
  try {
    const report = await runLoad({
      port: platform.mqttPort,
      publishers,
      settings,
      maxAhead,
      subscriber: followed,
      watched: {
        product: platform.pid,
        broker: platform.brokerPid,
        postgres: () => familyCpuSeconds(postgres),
      },
      look: async () => ({ at: performance.now(), ...(await platform.readings()) }),
    });
    const redelivered = await assertStored(platform, before, [assertAcknowledged(report)], { redelivers: true });
    const [first, last] = report.looks;
    const messages = (last.stored - first.stored) / loadShape.values;
    const perMessage = (seconds) => (seconds / messages) * 1e6;
    return {
      messagesPerSecond: (messages / (last.at - first.at)) * 1000,
      cpuUs: perMessage(report.cpu.product),
      brokerCpuUs: perMessage(report.cpu.broker),
      postgresCpuUs: perMessage(report.cpu.postgres),
      memoryMb: residentMb(platform.pid),
      brokerMemoryMb: residentMb(platform.brokerPid),
      redelivered,
    };
  } finally {
    followed.stop();
  }
}

/** Tells the publishers how many messages are stored, so that the broker's queue has a bound. */
function follow(platform, before) {
  const listeners = [];
  let following = true;
  const go = async () => {
    while (following) {
      const { stored, duplicate } = await platform.readings();
      const count = (stored + duplicate - before.stored - before.duplicate) / loadShape.values;
      for (const listener of listeners) listener({ count });
      await sleep(lookEveryMs);
    }
  };
  // Should it fail, nothing more is sent, and the comparison at the end tells.
  go().catch((error) => console.error(`/metrics: ${error.message}`));
  return {
    onMessage: (_kind, listener) => listeners.push(listener),
    stop: () => (following = false),
  };
}
