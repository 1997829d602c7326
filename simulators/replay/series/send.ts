import { setTimeout as sleep } from 'node:timers/promises';
import { maxReadingsPerMessage } from '@sc/contracts';
import { MqttDevice, type DeviceLogin } from '../../client/index.js';
import type { TimeShift } from '../time-shift.js';
import type { Entry } from './story.js';
import type { ReadingValue } from './values.js';

export interface Sent {
  messages: number;
  acknowledged: number;
  readings: number;
  events: number;
}

type Telemetry = { ts: number; values: Record<string, ReadingValue> }[];

/**
 * Publishes one device's entries at their times: what is due by then goes in one message, up to 1,000 readings; an event goes
 * alone, in its place. One message after the other's PUBACK, so that order is kept and memory too.
 * @throws Error when the broker refuses the login or an acknowledgement does not come
 */
export async function sendEntries(
  login: DeviceLogin,
  entries: readonly Entry[],
  shift: TimeShift,
  mqttUrl: string,
  startedAt: number,
): Promise<Sent> {
  const device = await MqttDevice.connect(login, { mqttUrl, reconnectMs: 1000, newcomer: true });
  const sent: Sent = { messages: 0, acknowledged: 0, readings: 0, events: 0 };
  let batch: Telemetry = [];
  const flush = async (): Promise<void> => {
    if (!batch.length) return;
    const message = batch;
    batch = [];
    sent.messages += 1;
    await device.telemetry(message);
    sent.acknowledged += 1;
    sent.readings += message.reduce((sum, { values }) => sum + Object.keys(values).length, 0);
  };
  try {
    for (const entry of entries) {
      const timeS = entry.time / 1000;
      const waitMs = shift.sendAfterMs(timeS) - (performance.now() - startedAt);
      if (waitMs > 1) {
        await flush();
        await sleep(waitMs);
      }
      const ts = shift.tsOf(timeS);
      if ('values' in entry) {
        batch.push({ ts, values: entry.values });
        if (batch.length >= maxReadingsPerMessage) await flush();
        continue;
      }
      await flush();
      sent.messages += 1;
      await device.event({ ...entry.event, ts });
      sent.acknowledged += 1;
      sent.events += 1;
    }
    await flush();
  } finally {
    await device.end();
  }
  return sent;
}
