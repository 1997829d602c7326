import { defaultRetentionClass, retentionDays, type Rule } from '@sc/contracts';
import { domainByName } from '@sc/domains';

const dayMs = 86_400_000;

/** From when on (ms) every reading that the rule looks at is still kept; `metrics` undefined: it looks at all. */
export function keptFrom(rule: Pick<Rule, 'domain'>, metrics: readonly string[] | undefined, now: number): number {
  const described = domainByName(rule.domain)?.metrics ?? {};
  const classes = (metrics ?? Object.keys(described)).map(
    (name) => described[name]?.retention ?? defaultRetentionClass,
  );
  if (classes.length === 0) return 0;
  return now - Math.min(...classes.map((name) => retentionDays[name].raw)) * dayMs;
}
