import { StandardSchemaValidationPipe } from '@nestjs/common';
import { commonRefusals } from './common-refusals.js';
import { ProblemError } from './problem.js';
import { issueText } from './schema-words.js';

/** A hostile body can hold thousands of mistakes; nobody reads more than these. */
const maxErrors = 20;

/**
 * Parses what `@Body({ schema })`, `@Query({ schema })` and `@Param('id', { schema })` name, and hands the parsed value on.
 * A failure is the problem `invalid-request` with a JSON path per mistake.
 */
export const validationPipe = (): StandardSchemaValidationPipe =>
  new StandardSchemaValidationPipe({
    exceptionFactory: (issues) =>
      new ProblemError(
        'invalid-request',
        commonRefusals.doesNotFit,
        issues.slice(0, maxErrors).map((issue) => ({ path: jsonPath(issue.path ?? []), message: issueText(issue) })),
      ),
  });

function jsonPath(path: readonly (PropertyKey | { key: PropertyKey })[]): string {
  return path
    .map((part) => (typeof part === 'object' ? part.key : part))
    .reduce<string>(
      (text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}${text && '.'}${String(key)}`),
      '',
    );
}
