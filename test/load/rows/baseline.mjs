import { loadShape, publishersOf, runLoad } from '../load.mjs';
import { startMosquitto } from '../mosquitto.mjs';
import { Program } from '../processes.mjs';
import { inventedLogins } from './ceiling.mjs';

/**
 * One round of a bare MQTT.js subscriber on Mosquitto. Mosquitto acknowledges before the subscriber has anything, so the
 * publishers are held to as many messages ahead of the subscriber as they have in flight towards the platform.
 * @returns undefined without Mosquitto
 */
export async function measureBaseline(settings) {
  const broker = await startMosquitto();
  if (!broker) return undefined;
  const subscriber = new Program('subscriber', [`mqtt://127.0.0.1:${broker.port}`]);
  try {
    await subscriber.next('ready', 20_000);
    const report = await runLoad({
      port: broker.port,
      publishers: publishersOf(inventedLogins()),
      settings,
      watched: { subscriber: subscriber.pid, broker: broker.pid },
      maxAhead: loadShape.publishers * loadShape.window,
      subscriber,
    });
    const perMessage = (seconds) => (seconds / report.received) * 1e6;
    return {
      messagesPerSecond: report.received / report.seconds,
      subscriberCpuUs: perMessage(report.cpu.subscriber),
      brokerCpuUs: perMessage(report.cpu.broker),
    };
  } finally {
    await subscriber.stop();
    await broker.stop();
  }
}
