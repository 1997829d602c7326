import { assertAcknowledged, mostAhead, publishersOf, runLoad } from '../load.mjs';
import { startMosquitto } from '../mosquitto.mjs';
import { Program } from '../processes.mjs';
import { inventedLogins } from './ceiling.mjs';

export const noMosquitto = 'Mosquitto is not installed on this machine';

/**
 * Longer than this the bare subscriber does not last at full speed. Mosquitto 2.0.11 reads one packet of each connection in turn, so
 * with fifty publishers most of the subscriber's acknowledgements wait unread, and it sends on beyond the receive maximum meanwhile;
 * both programs grow by some 70 MB a second until, after 25 to 40 s, the subscriber's connection breaks and messages are lost.
 */
export const baselineSeconds = 20;

/**
 * One round of a bare MQTT.js subscriber on Mosquitto. Mosquitto acknowledges before the subscriber has anything, so the
 * publishers are held to as many messages ahead of the subscriber as they have in flight towards the platform.
 * @param seconds of which it takes no more than it lasts
 * @returns undefined without Mosquitto
 * @throws Error when the subscriber's connection broke: what is counted then is not its speed
 */
export async function measureBaseline({ seconds }) {
  const pipe = await startPipe();
  if (!pipe) return undefined;
  try {
    const load = runLoad({
      port: pipe.port,
      publishers: publishersOf(inventedLogins()),
      settings: { seconds: Math.min(seconds, baselineSeconds) },
      watched: { subscriber: pipe.subscriber.pid, broker: pipe.brokerPid },
      maxAhead: mostAhead,
      subscriber: pipe.subscriber,
    });
    const report = assertAcknowledged(await Promise.race([load, pipe.broken]));
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
  const broken = new Promise((_, reject) =>
    subscriber.onMessage('failed', ({ error }) => reject(new Error(`bare subscriber: ${error}`))),
  );
  // Whoever measures waits for it; between two measurements nobody does.
  broken.catch(() => undefined);
  return {
    /** Rejected as soon as messages may have been lost. */
    broken,
    port: broker.port,
    brokerPid: broker.pid,
    subscriber,
    async stop() {
      await subscriber.stop();
      await broker.stop();
    },
  };
}
