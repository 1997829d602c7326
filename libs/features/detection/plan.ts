import type { Rule } from '@sc/contracts';
import { judgedOf, type Membership } from './groups/member-rules.js';
import { kindOf } from './kinds/index.js';

/** The rules of one domain by what wakes them, so that a reading costs only the rules about its own metric. */
export interface Plan {
  metrics: ReadonlyMap<string, readonly Rule[]>;
  events: ReadonlyMap<string, readonly Rule[]>;
  /** Woken by every input and by the passing of time: any input may prove that something lasted, went quiet or fell silent. */
  always: readonly Rule[];
  byId: ReadonlyMap<string, Rule>;
  /** Of those which are members of a group: their groups. */
  memberships: ReadonlyMap<string, Membership>;
}

/** Plans of all domains that have enabled rules. Members stand in place of their groups. */
export function plansOf(rules: readonly Rule[]): Map<string, Plan> {
  const judged = rules.filter(({ enabled }) => enabled).flatMap(judgedOf);
  const domains = new Set(judged.map(({ rule }) => rule.domain));
  return new Map([...domains].map((domain) => [domain, planOf(judged, domain)]));
}

function planOf(judged: readonly { rule: Rule; membership?: Membership }[], domain: string): Plan {
  const metrics = new Map<string, Rule[]>();
  const events = new Map<string, Rule[]>();
  const always: Rule[] = [];
  const byId = new Map<string, Rule>();
  const memberships = new Map<string, Membership>();
  const add = (index: Map<string, Rule[]>, key: string, rule: Rule) => {
    const list = index.get(key);
    if (!list) index.set(key, [rule]);
    else if (!list.includes(rule)) list.push(rule);
  };
  for (const { rule, membership } of judged) {
    if (rule.domain !== domain) continue;
    byId.set(rule.id, rule);
    if (membership) memberships.set(rule.id, membership);
    const { metrics: names, events: types, always: needsAll } = kindOf(rule.condition).wakes(rule.condition as never);
    // Hours open by themselves, so such a rule is told of time, too.
    if (needsAll || rule.activeHours) always.push(rule);
    else {
      for (const metric of names ?? []) add(metrics, metric, rule);
      for (const type of types ?? []) add(events, type, rule);
    }
  }
  return { metrics, events, always, byId, memberships };
}
