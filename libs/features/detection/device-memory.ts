import type { Rule } from '@sc/contracts';
import { initialState, kindOf } from './kinds/index.js';
import type { Plan } from './plan.js';
import type { Scene } from './scene.js';
import { conditionsOf, type RuleState } from './state.js';
import { clear } from './transition.js';

export interface Slot {
  rule: Rule;
  state: RuleState;
  /** The rule judges nothing for now. */
  stopped?: boolean;
}

interface Slots {
  /** All of them, by rule. */
  slots: Map<string, Slot>;
  /** The same ones by what wakes them. */
  metrics: Map<string, readonly Slot[]>;
  events: Map<string, readonly Slot[]>;
  always: readonly Slot[];
}

/** What the rules of its domain remember of one device. */
export interface DeviceMemory extends Slots {
  deviceId: string;
  domain: string;
}

export function slotsOf(plan: Plan | undefined, stateOf: (rule: Rule) => RuleState): Slots {
  const slots = new Map<string, Slot>();
  for (const rule of plan?.byId.values() ?? []) slots.set(rule.id, { rule, state: stateOf(rule), stopped: false });
  const of = (rules: readonly Rule[]) => rules.map((rule) => slots.get(rule.id)).filter((slot) => slot !== undefined);
  const index = (by: ReadonlyMap<string, readonly Rule[]> | undefined) =>
    new Map([...(by ?? [])].map(([key, rules]) => [key, of(rules)]));
  return { slots, metrics: index(plan?.metrics), events: index(plan?.events), always: of(plan?.always ?? []) };
}

/** Gives the device the rules of `plan`: memory goes over by rule id, what has no rule any more ends. */
export function realign(device: DeviceMemory, plan: Plan | undefined, scene: Scene): void {
  for (const slot of device.slots.values())
    if (!goesOver(slot.rule, plan?.byId.get(slot.rule.id))) endAll(device.deviceId, slot, { kind: 'rule-off' }, scene);
  const old = device.slots;
  Object.assign(
    device,
    slotsOf(plan, (rule) => {
      const slot = old.get(rule.id);
      return slot && goesOver(slot.rule, rule) ? slot.state : initialState(rule.condition);
    }),
  );
}

/** Ends whatever holds of one rule about one device. */
export function endAll(deviceId: string, { rule, state }: Slot, cause: Record<string, unknown>, scene: Scene): void {
  for (const one of conditionsOf(state)) if (one.active) clear(rule, one, deviceId, one.at + 1, cause, scene);
}

/** Whether what one version of a rule remembers means the same to another. */
function goesOver({ condition: old }: Rule, rule: Rule | undefined): boolean {
  const next = rule?.condition;
  return old.kind === next?.kind && kindOf(old).goesOver(old as never, next as never);
}
