import { assertAcknowledged, mostAhead, publishersOf, runLoad } from '../load.mjs';
import { startMosquitto } from '../mosquitto.mjs';
import { Program } from '../processes.mjs';
import { inventedLogins } from './ceiling.mjs';

export const noMosquitto = 'Mosquitto is not installed on this machine';

/**
 * One round of a bare MQTT.js subscriber on Mosquitto. Mosquitto acknowledges before the subscriber has anything, so the
 * publishers are held to as many messages ahead of the subscriber as they have in flight towards the platform.
 * @returns undefined without Mosquitto
 */
export async function measureBaseline(settings) {
  const pipe = await startPipe();
  if (!pipe) return undefined;
  try {
    const report = assertAcknowledged(
      await runLoad({
        port: pipe.port,
        publishers: publishersOf(inventedLogins()),
        settings,
        watched: { subscriber: pipe.subscriber.pid, broker: pipe.brokerPid },
        maxAhead: mostAhead,
        subscriber: pipe.subscriber,
      }),
    );
    const perMessage = (seconds) => (seconds / report.received) * 1e6;
    return {
      messagesPerSecond: report.received / report.seconds,
      subscriberCpuUs: perMessage(report.cpu.subscriber),
      brokerCpuUs: perMessage(report.cpu.broker),
    };
  } finally {
    await pipe.stop();
  }
}

/** Mosquitto with the bare subscriber behind it; undefined without Mosquitto. */
export async function startPipe() {
  const broker = await startMosquitto();
  if (!broker) return undefined;
  const subscriber = new Program('subscriber', [`mqtt://127.0.0.1:${broker.port}`]);
  await subscriber.next('ready', 20_000);
  return {
    port: broker.port,
    brokerPid: broker.pid,
    subscriber,
    async stop() {
      await subscriber.stop();
      await broker.stop();
    },
  };
}
