import type { Rule } from '@sc/contracts';
import type { CostMeter } from './guard/cost-meter.js';
import { type DeviceMemory, endAll, realign, type Slot, slotsOf } from './device-memory.js';
import { Groups } from './groups/groups.js';
import { appliesTo, type DevicePlace, type Places, samePlace } from './groups/place.js';
import { initialState, kindOf } from './kinds/index.js';
import { type Plan, plansOf } from './plan.js';
import type { Scene } from './scene.js';
import { SiteHours } from './site-hours.js';
import { conditionsOf, type RuleState } from './state.js';
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
  rulesInForce: readonly Rule[] = [];
  private places: Places = new Map();
  /** What members of groups tell is counted here; public for the start alone. */
  readonly groups: Groups;
  /** Rules that judge nothing for now; what they remember and what stands of them stays as it is. */
  private stopped: ReadonlySet<string> = new Set();
  private meter: CostMeter | undefined;
  private judgedFrom: ((rule: Rule) => number) | undefined;
  private readonly scene: Scene;

  constructor(private readonly options: DetectorOptions) {
    this.scene = { listeningSince: 0, hours: new SiteHours(options.timeZone ?? 'UTC'), out: [] };
    this.groups = new Groups(this.scene);
  }

  /** Takes other rules. What an unchanged rule remembers stays; a condition whose rule is gone or off is over. */
  setRules(rules: readonly Rule[]): AlarmTransition[] {
    this.plans = plansOf(rules);
    this.rulesInForce = rules;
    return this.telling(() => {
      for (const device of this.devices.values()) this.realign(device);
      this.groups.align(this.rulesInForce, this.places, this.devices);
    });
  }

  /**
   * Takes where devices are: of all, or with `only` of those, whoever of them is not in `places` being nowhere. A condition that the
   * device was moved away from is over.
   */
  setPlaces(places: Places, only?: readonly string[]): AlarmTransition[] {
    const merged = only ? new Map(this.places) : places;
    const moved = (only ?? [...new Set([...this.places.keys(), ...places.keys()])]).filter(
      (id) => !samePlace(this.places.get(id), places.get(id)),
    );
    if (moved.length === 0) return [];
    if (only) for (const id of moved) put(merged as Map<string, DevicePlace>, id, places.get(id));
    this.places = merged;
    return this.telling(() => {
      for (const id of moved) {
        const device = this.devices.get(id);
        if (device) this.realign(device);
      }
      this.groups.align(this.rulesInForce, this.places, this.devices);
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
      this.tellOfGroups(() => this.groups.tick(now));
    });
  }

  /** Conditions that hold, as the transition that began them. */
  activeConditions(): AlarmTransition[] {
    const active: AlarmTransition[] = [];
    for (const { deviceId, slots } of this.devices.values())
      for (const { rule, membership, state } of slots.values())
        for (const one of conditionsOf(state))
          if (one.told && !membership) active.push(transitionOf('raise', rule, one, deviceId, one.told));
    return [...active, ...this.groups.activeConditions()];
  }

  /** The memory of one rule about one device, opened if need be; `undefined` when the rule is not in force for that domain. */
  slot(deviceId: string, domain: string, ruleId: string): Slot | undefined {
    return this.device({ deviceId, domain }).slots.get(ruleId);
  }

  /**
   * At a start, from now on until it is called without: the past is told, of which each rule judges only what comes after this. Before it a
   * memory that looks at a stretch is not whole, and what came of it is known.
   */
  retelling(judgedFrom?: (rule: Rule) => number): void {
    this.judgedFrom = judgedFrom;
    // What is still on its way from then is judged as if there had been no start.
    if (!judgedFrom)
      for (const { slots } of this.devices.values()) for (const { state } of slots.values()) judgeFrom(state, 0);
  }

  /** What is remembered of each device that was heard of. */
  memories(): Iterable<DeviceMemory> {
    return this.devices.values();
  }

  /** At a start: lets stored readings act on one memory alone. What they tell was told when they came. */
  retell(slot: Slot, inputs: readonly DetectionInput[]): void {
    this.telling(() => {
      for (const input of inputs) this.advance(slot, input);
    });
  }

  /** The device is gone: its conditions are over. */
  forget(deviceId: string): AlarmTransition[] {
    const device = this.devices.get(deviceId);
    if (!device) return [];
    this.devices.delete(deviceId);
    return this.telling(() => {
      for (const slot of device.slots.values())
        if (!slot.membership) endAll(deviceId, slot, { kind: 'device-gone' }, this.scene);
      this.groups.forget(deviceId);
    });
  }

  /** Forgets everything but the rules and the places. */
  reset(): void {
    this.devices.clear();
    this.groups.reset();
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
    const rule = slot.membership?.group ?? slot.rule;
    this.meter?.begin();
    try {
      this.options.faults?.(rule, input);
      advance(slot.rule, slot.state, input, this.scene);
      if (slot.membership && out.length > before) this.groups.take(slot, out.splice(before), input);
    } catch (error) {
      out.length = before;
      this.options.onRuleFailure(rule, error);
    }
    this.meter?.end(rule);
    for (let told = before; told < out.length; told += 1) this.options.onTold?.(rule, out[told]!);
  }

  private tellOfGroups(act: () => void): void {
    const { out } = this.scene;
    const before = out.length;
    act();
    for (const transition of out.slice(before)) {
      const rule = this.rulesInForce.find(({ id }) => id === transition.ruleId);
      if (rule) this.options.onTold?.(rule, transition);
    }
  }

  private realign(device: DeviceMemory): void {
    realign(device, this.plans.get(device.domain), this.applies(device.deviceId), this.scene);
    this.markStopped(device);
  }

  private applies(deviceId: string): (rule: Rule) => boolean {
    const place = this.places.get(deviceId);
    return (rule) => appliesTo(rule, deviceId, place);
  }

  private markStopped({ slots }: DeviceMemory): void {
    for (const slot of slots.values()) slot.stopped = this.stopped.has((slot.membership?.group ?? slot.rule).id);
  }

  private device({ deviceId, domain }: { deviceId: string; domain: string }): DeviceMemory {
    const known = this.devices.get(deviceId);
    if (known && known.domain === domain) return known;
    const plan = this.plans.get(domain);
    const slots = slotsOf(plan, this.applies(deviceId), (rule) => initialState(rule.condition));
    if (this.judgedFrom)
      for (const { rule, membership, state } of slots.slots.values())
        if (!membership || kindOf(rule.condition).byReadings) judgeFrom(state, this.judgedFrom(rule));
    const device: DeviceMemory = { deviceId, domain, ...slots };
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

function judgeFrom(state: RuleState, ts: number): void {
  if ('judgedFrom' in state) state.judgedFrom = ts;
}

function put<V>(map: Map<string, V>, key: string, value: V | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
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
