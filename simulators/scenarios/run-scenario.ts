import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@sc/platform/clock';
import { MqttDevice, readOutcome, type Outcome, type PlatformClient } from '../client/index.js';
import { compare, type Comparison } from './compare.js';
import { delivered, type Scenario, type Step } from './scenario.js';
import { setStage, type Stage } from './stage.js';

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

/**
 * Plays a story through the public doors as fast as the platform acknowledges it: in at MQTT, out at HTTP. Device time keeps
 * the story's spacing, moved so that its last message is now.
 * @throws Error when the platform refuses or does not answer; a wrong outcome is a result, not an error
 */
export async function runScenario(scenario: Scenario, options: ScenarioOptions): Promise<ScenarioResult> {
  const { client, mqttUrl, clock, community, gridId } = options;
  const run = options.run ?? `${scenario.name}-${clock.now().toString(36)}`;
  const stage = await setStage(scenario, { client, community, gridId, run });
  await play(scenario, stage, mqttUrl, clock.now());

  const keys = new Map([...stage.devices].map(([key, { id }]) => [id, key]));
  const read = (): Promise<Outcome> => readOutcome(client, stage.areaId, new Set(keys.keys()));
  await read();
  await sleep(settleMs);
  const outcome = await read();
  return { ...compare(scenario, (id) => keys.get(id) ?? id, outcome), outcome, stage };
}

async function play(scenario: Scenario, stage: Stage, mqttUrl: string, now: number): Promise<void> {
  const devices = new Map<string, MqttDevice>();
  try {
    for (const [key, login] of stage.devices) devices.set(key, await MqttDevice.connect(login, { mqttUrl }));
    const steps = delivered(scenario);
    const lastS = Math.max(...steps.map(({ atS }) => atS));
    // One after the other: the order between devices is part of the story.
    for (const step of steps) {
      const device = devices.get(step.device);
      if (!device) throw new Error(`${scenario.name}: no device ${step.device}`);
      await say(device, step, now - (lastS - step.atS) * 1000);
    }
  } finally {
    await Promise.all([...devices.values()].map((device) => device.end()));
  }
}

const say = (device: MqttDevice, step: Step, ts: number): Promise<void> =>
  'values' in step ? device.telemetry({ ts, values: step.values }) : device.event({ ...step.event, ts });
