import type { Rule } from '@sc/contracts';
import type { Plan } from './plan.js';
import { initialState, type RuleState } from './state.js';
import { clear } from './transition.js';
import type { AlarmTransition } from './types.js';

export interface Slot {
  rule: Rule;
  state: RuleState;
}

interface Slots {
  /** All of them, by rule. */
  slots: Map<string, Slot>;
  /** The same ones by what wakes them. */
  metrics: Map<string, readonly Slot[]>;
  events: Map<string, readonly Slot[]>;
  silence: readonly Slot[];
}

/** What the rules of its domain remember of one device. */
export interface DeviceMemory extends Slots {
  deviceId: string;
  domain: string;
}

export function slotsOf(plan: Plan | undefined, stateOf: (rule: Rule) => RuleState): Slots {
  const slots = new Map<string, Slot>();
  for (const rule of plan?.byId.values() ?? []) slots.set(rule.id, { rule, state: stateOf(rule) });
  const of = (rules: readonly Rule[]) => rules.map((rule) => slots.get(rule.id)).filter((slot) => slot !== undefined);
  const index = (by: ReadonlyMap<string, readonly Rule[]> | undefined) =>
    new Map([...(by ?? [])].map(([key, rules]) => [key, of(rules)]));
  return { slots, metrics: index(plan?.metrics), events: index(plan?.events), silence: of(plan?.silence ?? []) };
}

/** Gives the device the rules of `plan`: memory goes over by rule id, what has no rule any more ends. */
export function realign(device: DeviceMemory, plan: Plan | undefined, out: AlarmTransition[]): void {
  for (const { rule, state } of device.slots.values())
    if (state.active && plan?.byId.get(rule.id)?.condition.kind !== state.kind)
      clear(rule, state, device.deviceId, state.at + 1, { kind: 'rule-off' }, out);
  const old = device.slots;
  Object.assign(
    device,
    slotsOf(plan, (rule) => {
      const state = old.get(rule.id)?.state;
      return state?.kind === rule.condition.kind ? state : initialState(rule);
    }),
  );
}
