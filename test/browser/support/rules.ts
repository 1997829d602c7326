import type { RuleDetail, RuleVersion, RuleView } from '@sc/contracts';
import type { Site } from './fixtures.js';

const at = '2026-03-01T08:00:00.000Z';
const stopped = 'battery-low';

/** Rules as the console sees them: one of them stopped, one changed by a person. */
export const ruleViews = ({ domains }: Site): RuleView[] =>
  domains.flatMap((domain) =>
    domain.rules.map((rule): RuleView => {
      const isStopped = rule.id === stopped;
      const trouble = { reason: 'floods', stopped: true, at, version: rule.version, amount: 640, detail: '' } as const;
      const isChanged = rule.id === 'smoke-high';
      return {
        ...rule,
        version: isChanged ? 2 : rule.version,
        status: {
          state: !rule.enabled ? 'off' : isStopped ? 'stopped' : 'on',
          trouble: isStopped ? trouble : null,
          origin: isChanged ? 'changed' : 'default',
          newerDefault: isChanged ? 3 : null,
          lifeSafety: domain.lifeSafety,
          openAlarms: isChanged ? 2 : 0,
          updatedAt: at,
        },
      };
    }),
  );

export function ruleDetail(site: Site, id: string): RuleDetail | undefined {
  const rule = ruleViews(site).find((one) => one.id === id);
  if (!rule) return undefined;
  const { status: _, ...definition } = rule;
  const newer = { ...definition, version: 3, source: { 'zh-CN': '更新的依据', en: 'a newer one' } };
  return { ...rule, default: rule.status.newerDefault ? newer : null };
}

export function ruleVersions(site: Site, id: string): RuleVersion[] {
  const { status: _, ...definition } = ruleViews(site).find((one) => one.id === id) ?? {};
  const person = { kind: 'person', id: 'p', name: '王芳' } as const;
  const system = { kind: 'system', id: 'detection', name: null } as const;
  return [
    { version: 2, definition: { ...definition }, changedBy: person, at, note: '厨房太敏感' },
    { version: 1, definition: { ...definition, version: 1, enabled: false }, changedBy: system, at, note: null },
  ];
}
