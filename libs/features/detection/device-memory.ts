import type { Rule } from '@sc/contracts';
import { initialState, kindOf } from './kinds/index.js';
import type { Membership } from './groups/member-rules.js';
import type { Plan } from './plan.js';
import type { Scene } from './scene.js';
import { conditionsOf, type RuleState } from './state.js';
import { clear } from './transition.js';

export interface Slot {
  rule: Rule;
  /** Member of a group: what it tells is counted and makes no alarm. */
  membership?: Membership | undefined;
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

/** `applies`: a rule that does not gets no slot, so a reading never comes to it. */
export function slotsOf(
  plan: Plan | undefined,
  applies: (rule: Rule) => boolean,
  stateOf: (rule: Rule) => RuleState,
): Slots {
  const slots = new Map<string, Slot>();
  for (const rule of plan?.byId.values() ?? [])
    if (applies(rule))
      slots.set(rule.id, {
        rule,
        membership: plan?.memberships.get(rule.id),
        state: stateOf(rule),
        stopped: false,
      });
  const of = (rules: readonly Rule[]) => rules.map((rule) => slots.get(rule.id)).filter((slot) => slot !== undefined);
  const index = (by: ReadonlyMap<string, readonly Rule[]> | undefined) =>
    new Map([...(by ?? [])].map(([key, rules]) => [key, of(rules)]));
  return { slots, metrics: index(plan?.metrics), events: index(plan?.events), always: of(plan?.always ?? []) };
}

/** Gives the device the rules of `plan` that apply to it: memory goes over by rule id, what has no rule any more ends. Members tell nobody. */
export function realign(
  device: DeviceMemory,
  plan: Plan | undefined,
  applies: (rule: Rule) => boolean,
  scene: Scene,
): void {
  for (const slot of device.slots.values()) {
    const next = plan?.byId.get(slot.rule.id);
    if (!slot.membership && !(next && applies(next) && goesOver(slot.rule, next)))
      endAll(device.deviceId, slot, { kind: 'rule-off' }, scene);
  }
  const old = device.slots;
  Object.assign(
    device,
    slotsOf(plan, applies, (rule) => {
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
