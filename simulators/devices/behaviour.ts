import type { Channel, EventPayload } from '@sc/contracts';
import type { Random } from '../prng.js';

/** Values of one reading, by metric. */
export type ReadingValues = Record<string, number | boolean | string>;

/** What a device does in one of its turns; the payload goes out as it is, so that it may also be nonsense. */
export interface Saying {
  channel: Extract<Channel, 'telemetry' | 'event'>;
  payload: string;
}

interface Turn {
  /** Time of the device's clock, ms since the epoch. */
  now: number;
  /** Since it was switched on, ms. */
  age: number;
  random: Random;
}

/** How a device behaves: pure, so the same seed and the same times give the same messages. */
export type Behaviour = (turn: Turn) => Saying[];

export const telemetry = (ts: number, values: ReadingValues): Saying => ({
  channel: 'telemetry',
  payload: JSON.stringify({ ts, values }),
});

export const event = (payload: EventPayload): Saying => ({ channel: 'event', payload: JSON.stringify(payload) });
