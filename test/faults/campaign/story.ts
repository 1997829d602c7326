import type { DeviceLogin } from '../../../simulators/client/index.js';
import type { Random } from './random.js';

export interface StoryMessage {
  /** From the start of the round. */
  afterMs: number;
  channel: 'telemetry' | 'event';
  payload: Record<string, unknown>;
}

/** What one device does in a round, and the one alarm that has to come of it. */
export interface Part {
  name: string;
  domain: 'fire' | 'access';
  /** Parts of one building and domain have one incident. */
  building: 1 | 2;
  ruleId?: string;
  /** How what makes the alarm is stored, to tell what a broker has lost. */
  madeBy?: { metric: string } | { event: string };
  messages(startMs: number, random: Random): StoryMessage[];
}

/** An alarm of the table. */
export interface ExpectedAlarm {
  deviceId: string;
  ruleId: string;
  incident: string;
  /** It takes both devices; which of them was later, and bears it, chance tells. */
  orOn?: string;
}

export interface StoryDevice {
  part: Part;
  login: DeviceLogin;
  topic: string;
}

/** As a minute would be too long to wait for in each round, the rule is changed to this. */
export const doorMs = 3000;
const everyMs = 50;
const storyMs = 4000;
const steps = storyMs / everyMs;

const oneEvent =
  (type: string) =>
  (startMs: number, random: Random): StoryMessage[] => {
    const afterMs = random.between(100, storyMs);
    const payload = { id: `${type}-${startMs}`, ts: startMs + afterMs, type };
    // The device is not sure that it was heard: it is the same event.
    return [0, random.between(1, 800)].map((later) => ({ afterMs: afterMs + later, channel: 'event', payload }));
  };

/** Alarms that begin at any moment before, in and after the fault: by level, by event, by a person, by the passing of time. */
export const parts: readonly Part[] = [
  {
    name: 'smoke',
    domain: 'fire',
    building: 1,
    ruleId: 'fire-smoke',
    madeBy: { metric: 'smoke' },
    messages: (startMs, random) => {
      const begins = random.between(5, steps - 5);
      return Array.from({ length: steps }, (_, step) => ({
        afterMs: step * everyMs,
        channel: 'telemetry',
        payload: { ts: startMs + step * everyMs, values: { smoke: step < begins ? 0.1 : 25 } },
      }));
    },
  },
  {
    name: 'detector',
    domain: 'fire',
    building: 1,
    ruleId: 'fire-smoke-alarm',
    madeBy: { event: 'smoke.alarm' },
    messages: oneEvent('smoke.alarm'),
  },
  {
    name: 'quiet',
    domain: 'fire',
    building: 1,
    messages: (startMs, random) =>
      Array.from({ length: steps }, (_, step) => ({
        afterMs: step * everyMs,
        channel: 'telemetry',
        payload: { ts: startMs + step * everyMs, values: { smoke: random.between(0, 30) / 10, temperature: 20 } },
      })),
  },
  {
    name: 'sos',
    domain: 'fire',
    building: 2,
    ruleId: 'fire-sos',
    madeBy: { event: 'sos.pressed' },
    messages: oneEvent('sos.pressed'),
  },
  {
    // Said once; that it lasted is noticed by the platform's own clock, after `doorMs`.
    name: 'door',
    domain: 'access',
    building: 2,
    ruleId: 'access-door-held-open',
    madeBy: { metric: 'doorOpen' },
    messages: (startMs, random) => [
      {
        afterMs: random.between(100, storyMs),
        channel: 'telemetry',
        payload: { ts: startMs, values: { doorOpen: true } },
      },
    ],
  },
];

/** What the round's devices have to come to: an alarm each, and one that two of them confirm together. */
export function expectedOf(devices: readonly StoryDevice[], round: number): ExpectedAlarm[] {
  const own = devices.flatMap(({ part, login }): ExpectedAlarm[] =>
    part.ruleId
      ? [{ deviceId: login.id, ruleId: part.ruleId, incident: `${round}:${part.building}:${part.domain}` }]
      : [],
  );
  const smoke = own.find(({ ruleId }) => ruleId === 'fire-smoke');
  const detector = own.find(({ ruleId }) => ruleId === 'fire-smoke-alarm');
  return smoke && detector ? [...own, { ...smoke, ruleId: 'fire-confirmed', orOn: detector.deviceId }] : own;
}
