import type { Rule } from '@sc/contracts';
import { kindOf } from './kinds/index.js';

/** The rules of one domain by what wakes them, so that a reading costs only the rules about its own metric. */
export interface Plan {
  metrics: ReadonlyMap<string, readonly Rule[]>;
  events: ReadonlyMap<string, readonly Rule[]>;
  /** Woken by every input and by the passing of time: any input may prove that something lasted, went quiet or fell silent. */
  always: readonly Rule[];
  byId: ReadonlyMap<string, Rule>;
}

/** Plans of all domains that have enabled rules. */
export function plansOf(rules: readonly Rule[]): Map<string, Plan> {
  const enabled = rules.filter((rule) => rule.enabled);
  return new Map([...new Set(enabled.map((rule) => rule.domain))].map((domain) => [domain, planOf(enabled, domain)]));
}

function planOf(enabled: readonly Rule[], domain: string): Plan {
  const metrics = new Map<string, Rule[]>();
  const events = new Map<string, Rule[]>();
  const always: Rule[] = [];
  const byId = new Map<string, Rule>();
  const add = (index: Map<string, Rule[]>, key: string, rule: Rule) => {
    const list = index.get(key);
    if (!list) index.set(key, [rule]);
    else if (!list.includes(rule)) list.push(rule);
  };
  for (const rule of enabled) {
    if (rule.domain !== domain) continue;
    byId.set(rule.id, rule);
    const { metrics: names, events: types, always: needsAll } = kindOf(rule.condition).wakes(rule.condition as never);
    // Hours open by themselves, so such a rule is told of time, too.
    if (needsAll || rule.activeHours) always.push(rule);
    else {
      for (const metric of names ?? []) add(metrics, metric, rule);
      for (const type of types ?? []) add(events, type, rule);
    }
  }
  return { metrics, events, always, byId };
}
