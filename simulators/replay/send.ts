import { setTimeout as sleep } from 'node:timers/promises';
import { MqttDevice, type DeviceLogin } from '../client/index.js';
import type { MappedReading } from './mapping.js';
import type { TimeShift } from './time-shift.js';

export interface SentStation {
  sent: number;
  acknowledged: number;
}

/** PUBACKs not yet there at one device; a real one would not run further ahead either. */
const mostInFlight = 100;

/**
 * Publishes one station's readings at their times, QoS 1, and waits for every PUBACK: then the readings and every alarm they
 * caused are on disk (P1).
 * @throws Error when the broker refuses the login or an acknowledgement does not come
 */
export async function sendStation(
  login: DeviceLogin,
  readings: readonly MappedReading[],
  shift: TimeShift,
  mqttUrl: string,
): Promise<SentStation> {
  const device = await MqttDevice.connect(login, { mqttUrl, reconnectMs: 1000, newcomer: true });
  const startedAt = performance.now();
  const inFlight = new Set<Promise<void>>();
  let failure: unknown;
  let acknowledged = 0;
  try {
    for (const reading of readings) {
      const waitMs = shift.sendAfterMs(reading.timeS) - (performance.now() - startedAt);
      if (waitMs > 1) await sleep(waitMs);
      while (inFlight.size >= mostInFlight) await Promise.race(inFlight);
      if (failure) break;
      const sent = device
        .telemetry({ ts: shift.tsOf(reading.timeS), values: reading.values })
        .then(
          () => {
            acknowledged += 1;
          },
          (error: unknown) => {
            failure ??= error;
          },
        )
        .finally(() => inFlight.delete(sent));
      inFlight.add(sent);
    }
    await Promise.all(inFlight);
    if (failure) throw failure;
  } finally {
    await device.end();
  }
  return { sent: readings.length, acknowledged };
}
