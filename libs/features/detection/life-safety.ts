import type { Rule, Severity } from '@sc/contracts';
import { domainByName } from '@sc/domains';

/** Lives may depend on it: fire, carbon monoxide, an emergency call. */
export const isLifeSafety = (rule: Pick<Rule, 'domain' | 'severity' | 'condition'>): boolean =>
  domainsOf(rule).some((name) => domainByName(name)?.lifeSafety) || severitiesOf(rule).includes('extreme');

/** The severities that its alarms can have. */
export function severitiesOf({ severity, condition }: Pick<Rule, 'severity' | 'condition'>): Severity[] {
  const levels = condition.kind === 'event' ? condition.levels : undefined;
  return levels ? Object.values(levels.of).map((level) => level.severity) : [severity];
}

const domainsOf = ({ domain, condition }: Pick<Rule, 'domain' | 'condition'>): string[] =>
  condition.kind === 'group' ? [domain, ...condition.members.flatMap((member) => member.domain ?? [])] : [domain];
