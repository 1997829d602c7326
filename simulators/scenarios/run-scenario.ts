import { setTimeout as sleep } from 'node:timers/promises';
import { siteSchema } from '@sc/contracts';
import type { Clock } from '@sc/platform/clock';
import {
  MqttDevice,
  readOutcome,
  refusedReadings,
  type Outcome,
  type PlatformClient,
  waitUntil,
  WaitedTooLongError,
} from '../client/index.js';
import { compare, type Comparison } from './compare.js';
import { delivered, type Scenario, type Step } from './scenario.js';
import { setStage, type Stage } from './stage.js';
import { storyStart } from './story-time.js';

export interface ScenarioOptions {
  client: PlatformClient;
  mqttUrl: string;
  clock: Clock;
  community: string;
  gridId: string;
  /** Distinguishes this run; default: from the clock. */
  run?: string;
}

export interface ScenarioResult extends Comparison {
  outcome: Outcome;
  stage: Stage;
}

/** A second order would follow the first by milliseconds; this long we look whether one does. */
const settleMs = 1500;
/** An order that its sensor closes is closed by a job of its own, after the one that made it. */
const jobsLimitMs = 30_000;

/**
 * Plays a story through the public doors as fast as the platform acknowledges it: in at MQTT, out at HTTP. Device time keeps
 * the story's spacing, moved so that its last message is now.
 * @throws Error when the platform refuses or does not answer; a wrong outcome is a result, not an error
 */
export async function runScenario(scenario: Scenario, options: ScenarioOptions): Promise<ScenarioResult> {
  const { client, mqttUrl, clock, community, gridId } = options;
  const run = options.run ?? `${scenario.name}-${clock.now().toString(36)}`;
  const stage = await setStage(scenario, { client, community, gridId, run });
  const { timeZone } = await client.get(siteSchema, '/site');
  await play(scenario, stage, mqttUrl, storyStart(scenario, clock.now(), timeZone));

  const keys = new Map([...stage.devices].map(([key, { id }]) => [id, key]));
  const look = async (): Promise<Comparison & { outcome: Outcome }> => {
    const outcome = await readOutcome(client, stage.areaId, new Set(keys.keys()));
    const refused = scenario.expected.refused === undefined ? undefined : await refusedReadings(client, keys.keys());
    return { ...compare(scenario, (id) => keys.get(id) ?? id, outcome, refused?.total), outcome };
  };
  await waitUntil('as the story says', async () => (await look()).differences.length === 0, {
    limitMs: jobsLimitMs,
    everyMs: 250,
  }).catch((error: unknown) => {
    // What is not so by now is a difference, and told as one.
    if (!(error instanceof WaitedTooLongError)) throw error;
  });
  await sleep(settleMs);
  return { ...(await look()), stage };
}

async function play(scenario: Scenario, stage: Stage, mqttUrl: string, start: number): Promise<void> {
  const devices = new Map<string, MqttDevice>();
  try {
    for (const [key, login] of stage.devices)
      devices.set(key, await MqttDevice.connect(login, { mqttUrl, newcomer: true }));
    const steps = delivered(scenario);
    // One after the other: the order between devices is part of the story.
    for (const step of steps) {
      const device = devices.get(step.device);
      if (!device) throw new Error(`${scenario.name}: no device ${step.device}`);
      await say(device, step, start + step.atS * 1000);
    }
  } finally {
    await Promise.all([...devices.values()].map((device) => device.end()));
  }
}

const say = (device: MqttDevice, step: Step, ts: number): Promise<void> =>
  'values' in step ? device.telemetry({ ts, values: step.values }) : device.event({ ...step.event, ts });
