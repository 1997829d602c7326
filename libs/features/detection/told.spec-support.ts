import type { Condition, Rule } from '@sc/contracts';
import { initialState } from './kinds/index.js';
import { SiteHours } from './site-hours.js';
import type { RuleState } from './state.js';
import { advance, step } from './step.js';
import type { AlarmTransition, DetectionInput, ReadingInput, Tick } from './types.js';

/** Builders for the specs of kinds: one device of the domain fire, and rules whose text does not matter. */

const text = { 'zh-CN': '一', en: 'a' };
export const aRule = (condition: Condition, more: Partial<Rule> = {}): Rule => ({
  id: 'r',
  version: 1,
  domain: 'fire',
  title: text,
  guidance: text,
  condition,
  severity: 'severe',
  urgency: 'immediate',
  certainty: 'likely',
  workOrder: true,
  enabled: true,
  source: text,
  ...more,
});

/** The event says how grave it is. */
export const levels = {
  field: 'level',
  of: {
    low: { severity: 'minor' as const, workOrder: false },
    high: { severity: 'severe' as const, workOrder: true },
  },
};

const device = { deviceId: 'c/d', domain: 'fire' };
export const reading = (ts: number, value: ReadingInput['value'], metric = 'm'): DetectionInput => ({
  kind: 'reading',
  ...device,
  metric,
  value,
  ts,
  receivedAt: ts,
});
export const event = (ts: number, type: string, data: Record<string, unknown> = {}): DetectionInput => ({
  kind: 'event',
  ...device,
  type,
  eventKey: `${type}${ts}`,
  data,
  ts,
  receivedAt: ts,
});
export const tick = (now: number): Tick => ({ kind: 'tick', deviceId: device.deviceId, now });

/** What one rule tells of these inputs in this order; of a short story also checks that `step` is pure and its state plain JSON. */
export function tell(rule: Rule, inputs: readonly (DetectionInput | Tick)[], listeningSince = 0): AlarmTransition[] {
  return tell.both(rule, inputs, listeningSince).told;
}
tell.state = (rule: Rule, inputs: readonly (DetectionInput | Tick)[]): RuleState | undefined =>
  tell.both(rule, inputs, 0).state;
tell.both = (rule: Rule, inputs: readonly (DetectionInput | Tick)[], listeningSince: number) => {
  if (inputs.length > 100) return tellLong(rule, inputs, listeningSince);
  let state: RuleState | undefined;
  const told = inputs.flatMap((input) => {
    const before = JSON.stringify(state);
    const next = step(rule, state, input, listeningSince);
    expect(JSON.stringify(state)).toBe(before);
    expect(JSON.parse(JSON.stringify(next.state))).toEqual(next.state);
    state = next.state;
    return next.transitions;
  });
  return { told, state };
};

function tellLong(rule: Rule, inputs: readonly (DetectionInput | Tick)[], listeningSince: number) {
  const state = initialState(rule.condition);
  const told: AlarmTransition[] = [];
  const scene = { listeningSince, hours: new SiteHours('UTC'), out: told };
  for (const input of inputs) advance(rule, state, input, scene);
  return { told, state };
}

const signs = { raise: '+', escalate: '^', clear: '-' };
/** `+a100` subject a raised at 100, `^` risen, `-` cleared. */
export const run = (...args: Parameters<typeof tell>): string =>
  tell(...args)
    .map(({ kind, subject, at }) => `${signs[kind]}${subject}${at}`)
    .join(' ');
