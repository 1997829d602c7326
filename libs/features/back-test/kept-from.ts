import { defaultRetentionClass, retentionDays } from '@sc/contracts';
import { domainByName } from '@sc/domains';
import type { Past } from '@sc/features/detection';

const dayMs = 86_400_000;

/** From when on (ms) every reading that the rule looks at is still kept. */
export function keptFrom({ domains, metrics }: Pick<Past, 'domains' | 'metrics'>, now: number): number {
  const described = Object.assign({}, ...domains.map((name) => domainByName(name)?.metrics)) as Partial<
    NonNullable<ReturnType<typeof domainByName>>['metrics']
  >;
  const classes = (metrics ?? Object.keys(described)).map(
    (name) => described[name]?.retention ?? defaultRetentionClass,
  );
  if (classes.length === 0) return 0;
  return now - Math.min(...classes.map((name) => retentionDays[name].raw)) * dayMs;
}
