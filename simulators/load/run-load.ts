import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@sc/platform/clock';
import { MqttDevice, type DeviceLogin, type PlatformClient } from '../client/index.js';
import { makeFleet } from './fleet.js';
import { Latencies } from './latencies.js';

export interface LoadOptions {
  client: PlatformClient;
  mqttUrl: string;
  clock: Clock;
  community: string;
  gridId: string;
  devices: number;
  /** Messages a second over all devices. */
  rate: number;
  seconds: number;
  print: (line: string) => void;
  /** Ends early, devices are taken away all the same. */
  signal?: AbortSignal;
}

export interface LoadResult {
  connected: number;
  /** Devices that could not connect. */
  refused: number;
  sent: number;
  acknowledged: number;
  /** Messages without a PUBACK: the connection was lost, or none came in time. */
  failed: number;
  /** Messages that were due while as many as allowed waited for their PUBACK: not sent, so that memory is bounded. */
  heldBack: number;
  seconds: number;
  latencies: Latencies;
  leftRegistered: number;
}

type Published = Omit<LoadResult, 'leftRegistered'>;

/** Connects at the same moment; all at once would measure the handshake. */
const connectsAtOnce = 50;
/** Messages that wait for their PUBACK, over all devices. Beyond, the platform is slower than the rate, and waiting tells no more. */
const mostInFlight = 20_000;
const turnMs = 20;

/** Many devices at a steady rate through the public doors: what is acknowledged, how fast, and what is not. */
export async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const { client, community, gridId, devices: count, clock, print, signal } = options;
  print(`registering ${count} devices`);
  const fleet = await makeFleet({ client, community, gridId, count, run: clock.now().toString(36), signal });
  const connected: MqttDevice[] = [];
  let result: Published;
  let left = 0;
  try {
    const refused = await connectAll(fleet.logins, options.mqttUrl, connected, signal);
    print(
      `${connected.length} connected, ${refused} could not connect; ${options.rate} messages/s for ${options.seconds} s`,
    );
    result = await publish(connected, refused, options);
  } finally {
    for (let from = 0; from < connected.length; from += connectsAtOnce)
      await Promise.all(connected.slice(from, from + connectsAtOnce).map((device) => device.end()));
    print('taking the devices away');
    left = await fleet.retire();
    if (left) print(`${left} devices could not be retired: do it on the page of devices, their names begin with load-`);
  }
  for (const line of report(result)) print(line);
  return { ...result, leftRegistered: left };
}

async function connectAll(
  logins: readonly DeviceLogin[],
  mqttUrl: string,
  connected: MqttDevice[],
  signal: AbortSignal | undefined,
): Promise<number> {
  let refused = 0;
  for (let from = 0; from < logins.length && !signal?.aborted; from += connectsAtOnce)
    await Promise.all(
      logins.slice(from, from + connectsAtOnce).map((login) =>
        MqttDevice.connect(login, { mqttUrl, newcomer: true }).then(
          (device) => connected.push(device),
          () => (refused += 1),
        ),
      ),
    );
  return refused;
}

async function publish(
  devices: readonly MqttDevice[],
  refused: number,
  { rate, seconds, clock, signal }: LoadOptions,
): Promise<Published> {
  const result: Published = {
    connected: devices.length,
    refused,
    sent: 0,
    acknowledged: 0,
    failed: 0,
    heldBack: 0,
    seconds: 0,
    latencies: new Latencies(),
  };
  if (!devices.length) return result;
  const inFlight = new Set<Promise<void>>();
  const send = (device: MqttDevice): void => {
    const sentAt = performance.now();
    result.sent += 1;
    const one = device
      .telemetry({ ts: clock.now(), values: { leak: false, pressure: Math.round(Math.random() * 1000) / 100 } })
      .then(
        () => {
          result.acknowledged += 1;
          result.latencies.add(performance.now() - sentAt);
        },
        () => {
          result.failed += 1;
        },
      )
      .finally(() => inFlight.delete(one));
    inFlight.add(one);
  };
  const startedAt = performance.now();
  const elapsed = (): number => (performance.now() - startedAt) / 1000;
  let due = 0;
  for (let now = elapsed(); now < seconds && !signal?.aborted; now = elapsed()) {
    for (const until = Math.floor(now * rate); due < until; due += 1)
      if (inFlight.size >= mostInFlight) result.heldBack += 1;
      else send(devices[due % devices.length]!);
    await sleep(turnMs);
  }
  await Promise.all(inFlight);
  result.seconds = elapsed();
  return result;
}

const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;

function report({ sent, acknowledged, failed, heldBack, seconds, latencies }: Published): string[] {
  return [
    `  sent ${sent}, acknowledged ${acknowledged}, failed ${failed}, held back ${heldBack}`,
    `  ${seconds ? Math.round(acknowledged / seconds) : 0} acknowledged/s over ${seconds.toFixed(1)} s`,
    `  PUBACK after p50 ${ms(latencies.percentile(0.5))}, p99 ${ms(latencies.percentile(0.99))}, at most ${ms(latencies.max)}`,
  ];
}
