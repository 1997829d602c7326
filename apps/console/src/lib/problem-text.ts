import type { Problem, Text } from '@sc/contracts';
import type { ApiProblem, FailureCode } from '../api/problem.js';

export type ProblemMistake = NonNullable<Problem['errors']>[number];
type TextOf = (text: Text) => string;

/** Of these the title says all there is to say; beside a mistake of a rule or a plan its own list stands. */
const saidByTitle: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'wrong-credentials',
  'not-authenticated',
  'internal',
  'handler-may-not-verify',
  'already-accepted',
  'checklist-incomplete',
  'assistants-open',
  'too-many-exports',
  'too-many-back-tests',
  'too-many-plans',
  'invalid-rule',
  'invalid-round-plan',
  'code-not-valid',
]);

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const mistakeText = ({ message, text }: ProblemMistake, textOf: TextOf): string =>
  text ? textOf(text) : message;

/** What the platform added to the title of a failure: why, and where in the request; never the same twice. */
export function toldOf({ code, detail, text, errors }: ApiProblem, textOf: TextOf): { reason?: string; where: string } {
  const told = text ? capital(textOf(text)) : detail;
  const where = errors
    .map((mistake) => ({ path: mistake.path, words: mistakeText(mistake, textOf) }))
    .filter(({ words }) => capital(words) !== told)
    .map(({ path, words }) => `${path}: ${words}`)
    .join('; ');
  return { reason: saidByTitle.has(code) ? undefined : told, where };
}
