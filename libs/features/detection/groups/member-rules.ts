import type { Rule } from '@sc/contracts';

/** Of which group a rule that is judged on devices is a member. */
export interface Membership {
  group: Rule;
  memberId: string;
}

/** No id that people give holds a slash. */
export const memberRuleId = (groupId: string, memberId: string): string => `${groupId}/${memberId}`;

/**
 * Each member of a group as a rule that is judged on every device of its domain; what it tells is counted and makes no alarm.
 * Hours are those of the group. Empty for rules of other kinds.
 */
export function memberRulesOf(group: Rule): { rule: Rule; membership: Membership }[] {
  const { condition } = group;
  if (condition.kind !== 'group') return [];
  const { activeHours: _, ...common } = group;
  return condition.members.map(({ id, domain, condition: own }) => ({
    rule: { ...common, id: memberRuleId(group.id, id), domain: domain ?? group.domain, condition: own },
    membership: { group, memberId: id },
  }));
}

interface JudgedRule {
  rule: Rule;
  membership?: Membership;
}

/** What of a rule is judged on devices: itself, or the members that stand in its place. */
export const judgedOf = (rule: Rule): JudgedRule[] =>
  rule.condition.kind === 'group' ? memberRulesOf(rule) : [{ rule }];

/** Every rule that is judged on devices: members in place of their groups. */
export const judgedRules = (rules: readonly Rule[]): Rule[] =>
  rules.flatMap((one) => judgedOf(one).map(({ rule }) => rule));
