import type { Condition, GroupCondition } from '@sc/contracts';
import type { Look } from './look.js';

/** Each member is looked at as a condition of its own, in its own domain. */
export function checkGroup(
  { members, counting, atLeast }: GroupCondition,
  look: Look,
  checkMember: (condition: Condition, look: Look) => void,
): void {
  members.forEach(({ domain: name = look.domain.name, condition }, index) => {
    const place = `condition.members[${index}]`;
    const domain = look.world.domains.find((one) => one.name === name);
    if (domain) checkMember(condition, look.inside(`${place}.condition`, domain));
    else {
      const known = look.world.domains.map((one) => one.name).join(', ');
      look.add(`${place}.domain`, 'unknown-domain', { domain: name, known });
    }
  });
  // One of one: the member alone says it, with its own words for where and when.
  if (members.length === 1 && counting === 'member') look.add('condition.atLeast', 'too-few-members', { atLeast });
}
