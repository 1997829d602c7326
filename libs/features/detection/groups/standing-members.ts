import type { Rule } from '@sc/contracts';
import { z } from 'zod';
import type { OpenCondition } from '../types.js';
import { memberRulesOf } from './member-rules.js';

type Standing = OpenCondition & { domain: string };

/** What `causeAt` writes, as far as it is needed after a start. */
const causeSchema = z.object({
  members: z.array(
    z.object({ member: z.string(), deviceId: z.string(), at: z.number(), subject: z.string().default('') }),
  ),
});

/**
 * Members of groups that held when the process ended, as far as alarms tell: those that an alarm which stands has counted, and those
 * whose condition is word for word that of a rule whose alarm stands. Readings alone do not always tell: what holds between
 * its clear level and its raise level began before them.
 */
export function standingMembers(standing: readonly Standing[], rules: readonly Rule[]): Standing[] {
  const members = rules.filter(({ enabled }) => enabled).flatMap(memberRulesOf);
  if (members.length === 0) return [];
  const byId = new Map(members.map(({ rule }) => [rule.id, rule]));
  const found = new Map<string, Standing>();
  const add = (rule: Rule | undefined, one: Standing): void => {
    if (rule && rule.domain === one.domain)
      found.set(`${one.deviceId} ${rule.id} ${one.subject}`, { ...one, ruleId: rule.id });
  };
  const rulesById = new Map(rules.map((rule) => [rule.id, rule]));
  for (const one of standing) {
    const counted = causeSchema.safeParse(one.cause).data?.members ?? [];
    for (const { member, deviceId, at, subject } of counted) {
      const rule = byId.get(`${one.ruleId}/${member}`);
      add(rule, { ...one, deviceId, at, subject, domain: rule?.domain ?? one.domain });
    }
    const condition = JSON.stringify(rulesById.get(one.ruleId)?.condition);
    for (const { rule } of members) if (JSON.stringify(rule.condition) === condition) add(rule, one);
  }
  return [...found.values()];
}
