import type { Rule } from '@sc/contracts';
import type { CostMeter } from './guard/cost-meter.js';
import { type DeviceMemory, endAll, realign, type Slot, slotsOf } from './device-memory.js';
import { initialState } from './kinds/index.js';
import { type Plan, plansOf } from './plan.js';
import type { Scene } from './scene.js';
import { SiteHours } from './site-hours.js';
import { conditionsOf } from './state.js';
import { advance } from './step.js';
import { transitionOf } from './transition.js';
import type { AlarmTransition, DetectionInput, Tick } from './types.js';

const none: readonly Slot[] = [];

export interface DetectorOptions {
  /** Of the site: hours of rules. Default UTC. */
  timeZone?: string;
  /** Told when a rule throws; the other rules go on. */
  onRuleFailure(rule: Rule, error: unknown): void;
  /** Told of each transition that inputs and time bring about, at once. */
  onTold?(rule: Rule, transition: AlarmTransition): void;
  /** Only for tests: called before a rule takes an input; what it throws counts as the rule's. */
  faults?(rule: Rule, input: DetectionInput | Tick): void;
}

/** All rules and their memory of all devices. Pure apart from that memory: no clock, no store, no waiting. */
export class Detector {
  private readonly devices = new Map<string, DeviceMemory>();
  private plans = new Map<string, Plan>();
  /** Rules that judge nothing for now; what they remember and what stands of them stays as it is. */
  private stopped: ReadonlySet<string> = new Set();
  private meter: CostMeter | undefined;
  private readonly scene: Scene;

  constructor(private readonly options: DetectorOptions) {
    this.scene = { listeningSince: 0, hours: new SiteHours(options.timeZone ?? 'UTC'), out: [] };
  }

  /** Takes other rules. What an unchanged rule remembers stays; a condition whose rule is gone or off is over. */
  setRules(rules: readonly Rule[]): AlarmTransition[] {
    this.plans = plansOf(rules);
    return this.telling(() => {
      for (const device of this.devices.values()) {
        realign(device, this.plans.get(device.domain), this.scene);
        this.markStopped(device);
      }
    });
  }

  /** Takes the set of rules that judge nothing. */
  setStopped(ruleIds: ReadonlySet<string>): void {
    this.stopped = ruleIds;
    for (const device of this.devices.values()) this.markStopped(device);
  }

  /** From now on what each rule costs is measured, until it is called without a meter. */
  measure(meter?: CostMeter): void {
    this.meter = meter;
  }

  /** Since when (our clock, ms) devices were able to reach us without a break: silence before it was ours, not theirs. */
  listenFrom(now: number): void {
    this.scene.listeningSince = now;
  }

  /** What begins and ends by these inputs. Inputs of one batch may be in any order; of one series an older `ts` than before changes nothing. */
  evaluate(inputs: readonly DetectionInput[]): AlarmTransition[] {
    return this.telling(() => {
      let device: DeviceMemory | undefined;
      for (const input of inOrderOfTime(inputs)) {
        // A message holds several metrics of one device: its memory is looked up once.
        if (device?.deviceId !== input.deviceId || device.domain !== input.domain) device = this.device(input);
        const slots =
          input.kind === 'reading'
            ? (device.metrics.get(input.metric) ?? this.open(device, input.metric))
            : (device.events.get(input.type) ?? none);
        for (const slot of slots) this.advance(slot, input);
        for (const slot of device.always) this.advance(slot, input);
      }
    });
  }

  /** What begins and ends because time passes: devices that fell silent, states that lasted, events that went quiet. */
  tick(now: number): AlarmTransition[] {
    return this.telling(() => {
      for (const device of this.devices.values()) {
        if (device.always.length === 0) continue;
        const tick: Tick = { kind: 'tick', deviceId: device.deviceId, now };
        for (const slot of device.always) this.advance(slot, tick);
      }
    });
  }

  /** Conditions that hold, as the transition that began them. */
  activeConditions(): AlarmTransition[] {
    const active: AlarmTransition[] = [];
    for (const { deviceId, slots } of this.devices.values())
      for (const { rule, state } of slots.values())
        for (const one of conditionsOf(state))
          if (one.told) active.push(transitionOf('raise', rule, one, deviceId, one.cause ?? {}));
    return active;
  }

  /** The memory of one rule about one device, opened if need be; `undefined` when the rule is not in force for that domain. */
  slot(deviceId: string, domain: string, ruleId: string): Slot | undefined {
    return this.device({ deviceId, domain }).slots.get(ruleId);
  }

  /** The device is gone: its conditions are over. */
  forget(deviceId: string): AlarmTransition[] {
    const device = this.devices.get(deviceId);
    if (!device) return [];
    this.devices.delete(deviceId);
    return this.telling(() => {
      for (const slot of device.slots.values()) endAll(deviceId, slot, { kind: 'device-gone' }, this.scene);
    });
  }

  /** Forgets everything but the rules. */
  reset(): void {
    this.devices.clear();
  }

  /** What is told while `act` runs. */
  telling(act: (scene: Scene) => void): AlarmTransition[] {
    const out: AlarmTransition[] = [];
    this.scene.out = out;
    act(this.scene);
    return out;
  }

  private advance(slot: Slot, input: DetectionInput | Tick): void {
    if (slot.stopped) return;
    const { out } = this.scene;
    const before = out.length;
    this.meter?.begin();
    try {
      this.options.faults?.(slot.rule, input);
      advance(slot.rule, slot.state, input, this.scene);
    } catch (error) {
      out.length = before;
      this.options.onRuleFailure(slot.rule, error);
    }
    this.meter?.end(slot.rule);
    for (let told = before; told < out.length; told += 1) this.options.onTold?.(slot.rule, out[told]!);
  }

  private markStopped({ slots }: DeviceMemory): void {
    for (const slot of slots.values()) slot.stopped = this.stopped.has(slot.rule.id);
  }

  private device({ deviceId, domain }: { deviceId: string; domain: string }): DeviceMemory {
    const known = this.devices.get(deviceId);
    if (known && known.domain === domain) return known;
    const plan = this.plans.get(domain);
    const device: DeviceMemory = { deviceId, domain, ...slotsOf(plan, (rule) => initialState(rule.condition)) };
    this.devices.set(deviceId, device);
    if (this.stopped.size > 0) this.markStopped(device);
    return device;
  }

  /** A metric that no rule is about is remembered as such. Names come from devices, so how many are remembered is bounded. */
  private open(device: DeviceMemory, metric: string): readonly Slot[] {
    if (device.metrics.size < 64) device.metrics.set(metric, []);
    return none;
  }
}

/** Most batches come nearly sorted; the check is cheaper than a copy, and the sort is stable and adaptive. */
function inOrderOfTime(inputs: readonly DetectionInput[]): readonly DetectionInput[] {
  let previous = -Infinity;
  for (const { ts } of inputs) {
    if (ts < previous) return inputs.toSorted((a, b) => a.ts - b.ts);
    previous = ts;
  }
  return inputs;
}
