import { type CheckCode, type Rule, type RuleIssue, ruleSchema } from '@sc/contracts';
import { issueText } from '@sc/platform/http';
import type { z } from 'zod';

type ZodIssue = z.core.$ZodIssue;
type Found = Omit<RuleIssue, 'path'>;

/** More mistakes than this nobody reads at once. */
const mostIssues = 50;

/** Whether what somebody sent has the shape of a rule; with every field that a rule does not know. */
export function checkShape(candidate: unknown): { rule: Rule } | { issues: RuleIssue[] } {
  const parsed = ruleSchema.safeParse(candidate);
  if (!parsed.success)
    return {
      issues: parsed.error.issues
        .slice(0, mostIssues)
        .map((issue) => ({ path: pathOf(issue.path), ...foundOf(issue) })),
    };
  const unknown = unknownFields(candidate, parsed.data, '');
  return unknown.length > 0 ? { issues: unknown.slice(0, mostIssues) } : { rule: parsed.data };
}

function foundOf(issue: ZodIssue): Found {
  const say = (code: CheckCode, params: RuleIssue['params'] = {}): Found => ({ code, params });
  const quote = (code: CheckCode): Found => ({ ...say(code, { message: issue.message }), text: issueText(issue) });
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined && /undefined/.test(issue.message)
        ? say('missing')
        : say('wrong-type', { expected: issue.expected });
    case 'too_small':
      return say(isNumber(issue.origin) ? 'too-small' : 'too-short', { least: Number(issue.minimum) });
    case 'too_big':
      return say(isNumber(issue.origin) ? 'too-big' : 'too-long', { most: Number(issue.maximum) });
    case 'invalid_format':
      return quote('wrong-format');
    case 'invalid_value':
      return say('not-one-of', { values: issue.values.map(String).join(', ') });
    case 'invalid_union':
      return say('not-one-of', { values: optionsOf(issue) });
    default:
      return quote('contradiction');
  }
}

const isNumber = (origin: string): boolean => origin === 'number' || origin === 'int' || origin === 'bigint';

/** The values of the field that tells the members of a union apart. */
function optionsOf(issue: ZodIssue & { code: 'invalid_union' }): string {
  const { options } = issue as { options?: readonly unknown[] };
  return options?.map(String).join(', ') ?? '';
}

/** A field that is misspelt would be dropped in silence, and the rule would do something else than what was meant. */
function unknownFields(given: unknown, known: unknown, path: string): RuleIssue[] {
  if (typeof given !== 'object' || given === null || typeof known !== 'object' || known === null) return [];
  return Object.entries(given).flatMap(([key, value]): RuleIssue[] => {
    const at = Array.isArray(given) ? `${path}[${key}]` : path ? `${path}.${key}` : key;
    if (value === undefined) return [];
    if (!Object.hasOwn(known, key)) return [{ path: at, code: 'unknown-field', params: { field: key } }];
    return unknownFields(value, (known as Record<string, unknown>)[key], at);
  });
}

const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}${text && '.'}${String(key)}`),
    '',
  );
