import { readingRefusedEvent, type RejectReason } from '@sc/contracts';
import type { DeviceEvent } from './device-event.js';

const minuteMs = 60_000;
/** Of devices that had readings refused lately. Beyond it the oldest may be told a second time in a minute. */
const mostRemembered = 20_000;

/** What says something about the device that measures, not about its clock or its format. */
const told: ReadonlySet<RejectReason> = new Set(['value-out-of-range', 'wrong-type']);

export interface Refusal {
  deviceId: string;
  reason: RejectReason;
  /** Of the reading. */
  ts: number;
  receivedAt: number;
  detail: string;
}

/** Makes an event of refused readings, at most one for each device, reason and minute of receipt. */
export class Refusals {
  private readonly lately = new Map<string, { minute: number; ts: number }>();

  /**
   * The event to be stored and detected on, or `undefined`. Its identity is that of the refused reading, so that the same
   * reading again is the same event.
   */
  eventOf({ deviceId, reason, ts, receivedAt, detail }: Refusal): DeviceEvent | undefined {
    if (!told.has(reason)) return undefined;
    const key = `${deviceId} ${reason}`;
    const minute = Math.floor(receivedAt / minuteMs);
    const last = this.lately.get(key);
    if (last?.minute === minute && last.ts !== ts) return undefined;
    this.lately.delete(key);
    this.lately.set(key, { minute, ts });
    if (this.lately.size > mostRemembered) this.lately.delete(this.lately.keys().next().value ?? '');
    const data = { reason, detail };
    return {
      deviceId,
      // A device's own identities begin with `i:` or `t:`.
      eventKey: `p:${readingRefusedEvent}:${reason}@${ts}`,
      type: readingRefusedEvent,
      ts,
      receivedAt,
      data,
      dataJson: JSON.stringify(data),
    };
  }
}
