import { systemClock, type Clock } from '@sc/platform/clock';
import { MqttDevice, type DeviceLogin } from '../client/index.js';
import { random } from '../prng.js';
import type { Behaviour } from './behaviour.js';
import { lives } from './lives/index.js';
import { assignPersonalities, behaviours, type Personality } from './personalities.js';
import { SimulatedDevice } from './simulated-device.js';

export interface SimulatorOptions {
  mqttUrl: string;
  devices: readonly DeviceLogin[];
  /** The same seed gives the same devices the same behaviour. */
  seed: string;
  clock?: Clock;
  /** Shortest and longest pause between two reports of a device; each device has its own rhythm. Default 10 to 30 s. */
  everyMs?: readonly [number, number];
  /** Overrides who of the fire devices behaves how. */
  personalityOf?: (deviceId: string) => Personality | undefined;
}

export interface RunningSimulators {
  /** Of the fire devices; the others live by the hour of the day. */
  personalities: ReadonlyMap<string, Personality>;
  /** Messages with a PUBACK, and messages given up because the platform was away too long. */
  counts(): { acknowledged: number; forgotten: number };
  stop(): Promise<void>;
}

/** Between two connects: forty logins at once are no problem, thousands would be. */
const connectEveryMs = 20;

/** Devices over real MQTT connections, until `stop`. They wait for a platform that is away, and come back. */
export function runSimulators(options: SimulatorOptions): RunningSimulators {
  const { mqttUrl, devices, clock = systemClock, everyMs = [10_000, 30_000] } = options;
  const source = random(options.seed);
  const assigned = assignPersonalities(
    devices.filter(({ domain }) => !lives.has(domain)).map(({ id }) => id),
    source.fork('personalities'),
  );
  const behaviourOf = ({ id, domain }: DeviceLogin): Behaviour => {
    const life = lives.get(domain);
    if (life) return life(id, source.fork(id).fork('life'));
    const personality = options.personalityOf?.(id) ?? assigned.get(id) ?? 'honest';
    assigned.set(id, personality);
    return behaviours[personality];
  };
  const running: SimulatedDevice[] = [];
  const timers = devices.map((login, i) =>
    setTimeout(() => {
      const device = new SimulatedDevice(
        MqttDevice.keepTrying(login, { mqttUrl, reconnectMs: Math.min(5000, everyMs[1]) }),
        behaviourOf(login),
        source.fork(login.id),
        clock,
        everyMs,
      );
      running.push(device);
      device.start();
    }, i * connectEveryMs),
  );
  return {
    personalities: assigned,
    counts: () => ({
      acknowledged: running.reduce((sum, device) => sum + device.acknowledged, 0),
      forgotten: running.reduce((sum, device) => sum + device.forgotten, 0),
    }),
    stop: async () => {
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(running.map((device) => device.stop()));
    },
  };
}
