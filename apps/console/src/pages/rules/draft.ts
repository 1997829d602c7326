import type { RuleDetail, RuleIssue } from '@sc/contracts';

/** A rule while it is written: any of it may be missing or wrong, the platform says what. */
export type Draft = Record<string, unknown> & { id: string };

/** A path of fields, as issues name them: `condition.raiseAt`. */
export function valueAt(draft: Draft, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), draft);
}

/** The draft with another value there; `undefined` takes the field out, and what is empty without it. */
export function withValue(draft: Draft, path: string, value: unknown): Draft {
  return changed(draft, path.split('.'), value) as Draft;
}

function changed(value: unknown, [key = '', ...rest]: string[], next: unknown): unknown {
  const object: Record<string, unknown> = isObject(value) ? { ...value } : {};
  const inner = rest.length === 0 ? next : changed(object[key], rest, next);
  const isEmpty = inner === undefined || (rest.length > 0 && isObject(inner) && Object.keys(inner).length === 0);
  if (isEmpty) delete object[key];
  else object[key] = inner;
  return object;
}

/** What of a stored rule is edited. */
export function draftOf({ version: _, status: __, default: ___, ...rule }: RuleDetail): Draft {
  return rule;
}

/** Issues of a field and of what is within it. */
export const issuesAt = (issues: readonly RuleIssue[], path: string): RuleIssue[] =>
  issues.filter(
    (issue) => issue.path === path || issue.path.startsWith(`${path}.`) || issue.path.startsWith(`${path}[`),
  );

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where a new rule begins. */
export const emptyDraft: Draft = {
  id: '',
  domain: 'fire',
  title: {},
  guidance: {},
  condition: { kind: 'threshold', direction: 'above', onDelayMs: 0, offDelayMs: 60_000, maxGapMs: 3_600_000 },
  severity: 'moderate',
  urgency: 'expected',
  certainty: 'observed',
  workOrder: true,
  enabled: true,
};
