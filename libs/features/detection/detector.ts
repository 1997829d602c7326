import type { Rule } from '@sc/contracts';
import { type DeviceMemory, realign, type Slot, slotsOf } from './device-memory.js';
import { type Plan, plansOf } from './plan.js';
import type { Tick } from './silence.js';
import { initialState } from './state.js';
import { advance } from './step.js';
import { clear } from './transition.js';
import type { AlarmTransition, DetectionInput } from './types.js';

const none: readonly Slot[] = [];

export interface DetectorOptions {
  /** Told when a rule throws; the other rules go on. */
  onRuleFailure(rule: Rule, error: unknown): void;
}

/** All rules and their memory of all devices. Pure apart from that memory: no clock, no store, no waiting. */
export class Detector {
  private readonly devices = new Map<string, DeviceMemory>();
  private plans = new Map<string, Plan>();

  /** Since when (our clock, ms) devices were able to reach us without a break: silence before it was ours, not theirs. */
  private listeningSince = 0;

  constructor(private readonly options: DetectorOptions) {}

  /** Takes other rules. What an unchanged rule remembers stays; a condition whose rule is gone or off is over. */
  setRules(rules: readonly Rule[]): AlarmTransition[] {
    this.plans = plansOf(rules);
    const out: AlarmTransition[] = [];
    for (const device of this.devices.values()) realign(device, this.plans.get(device.domain), out);
    return out;
  }

  listenFrom(now: number): void {
    this.listeningSince = now;
  }

  /** What begins and ends by these inputs. Inputs of one batch may be in any order; of one series an older `ts` than before changes nothing. */
  evaluate(inputs: readonly DetectionInput[]): AlarmTransition[] {
    const out: AlarmTransition[] = [];
    let device: DeviceMemory | undefined;
    for (const input of inOrderOfTime(inputs)) {
      // A message holds several metrics of one device: its memory is looked up once.
      if (device?.deviceId !== input.deviceId || device.domain !== input.domain) device = this.device(input);
      const slots =
        input.kind === 'reading'
          ? (device.metrics.get(input.metric) ?? this.open(device, input.metric))
          : (device.events.get(input.type) ?? none);
      for (const slot of slots) this.advance(slot, input, out);
      for (const slot of device.silence) this.advance(slot, input, out);
    }
    return out;
  }

  /** What begins because time passes: devices that fell silent. */
  tick(now: number): AlarmTransition[] {
    const out: AlarmTransition[] = [];
    for (const device of this.devices.values()) {
      for (const slot of device.silence) {
        if (slot.state.active) continue;
        const tick: Tick = { kind: 'tick', deviceId: device.deviceId, now };
        this.advance(slot, tick, out);
      }
    }
    return out;
  }

  /** Conditions that hold, as the transition that began them. */
  activeConditions(): AlarmTransition[] {
    const active: AlarmTransition[] = [];
    for (const { deviceId, slots } of this.devices.values())
      for (const { rule, state } of slots.values())
        if (state.active)
          active.push({
            kind: 'raise',
            deviceId,
            ruleId: rule.id,
            ruleVersion: rule.version,
            at: state.at,
            cause: state.cause ?? {},
          });
    return active;
  }

  /** The memory of one rule about one device, opened if need be; `undefined` when the rule is not in force for that domain. */
  slot(deviceId: string, domain: string, ruleId: string): Slot | undefined {
    return this.device({ deviceId, domain }).slots.get(ruleId);
  }

  /** The device is gone: its conditions are over. */
  forget(deviceId: string): AlarmTransition[] {
    const device = this.devices.get(deviceId);
    const out: AlarmTransition[] = [];
    if (!device) return out;
    this.devices.delete(deviceId);
    for (const { rule, state } of device.slots.values())
      if (state.active) clear(rule, state, deviceId, state.at + 1, { kind: 'device-gone' }, out);
    return out;
  }

  /** Forgets everything but the rules. */
  reset(): void {
    this.devices.clear();
  }

  private advance(slot: Slot, input: DetectionInput | Tick, out: AlarmTransition[]): void {
    const before = out.length;
    try {
      advance(slot.rule, slot.state, input, this.listeningSince, out);
    } catch (error) {
      out.length = before;
      this.options.onRuleFailure(slot.rule, error);
    }
  }

  private device({ deviceId, domain }: { deviceId: string; domain: string }): DeviceMemory {
    const known = this.devices.get(deviceId);
    if (known && known.domain === domain) return known;
    const plan = this.plans.get(domain);
    const device: DeviceMemory = { deviceId, domain, ...slotsOf(plan, (rule) => initialState(rule)) };
    this.devices.set(deviceId, device);
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
