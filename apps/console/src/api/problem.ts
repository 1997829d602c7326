import { problemSchema, type Problem, type ProblemCode, type RuleIssue } from '@sc/contracts';

/** `network`: no answer at all; `unexpected-answer`: an answer that breaks the contract. */
export type FailureCode = ProblemCode | 'network' | 'unexpected-answer';

/** Every failed request ends as one of these; screens translate `problem.<code>`. */
export class ApiProblem extends Error {
  constructor(
    readonly code: FailureCode,
    readonly status: number,
    readonly detail?: string,
    readonly errors: NonNullable<Problem['errors']> = [],
    readonly correlationId?: string,
    options?: ErrorOptions,
    /** What is wrong with a rule. */
    readonly issues: readonly RuleIssue[] = [],
  ) {
    super(detail ?? code, options);
    this.name = 'ApiProblem';
  }

  /** Whether the same request may well succeed later, unchanged. */
  get mayHeal(): boolean {
    return this.code === 'network' || this.code === 'too-many-attempts' || this.status >= 500;
  }
}

const byStatus: Partial<Record<number, ProblemCode>> = {
  401: 'not-authenticated',
  403: 'forbidden',
  404: 'not-found',
  413: 'too-large',
  429: 'too-many-attempts',
};

/** A proxy in between may answer without problem details: then the status has to do. */
export function problemOf(status: number, body: unknown): ApiProblem {
  const parsed = problemSchema.safeParse(body);
  if (parsed.success) {
    const { code, detail, errors, correlationId, issues } = parsed.data;
    return new ApiProblem(code, status, detail, errors, correlationId, undefined, issues);
  }
  return new ApiProblem(byStatus[status] ?? (status >= 500 ? 'unavailable' : 'unexpected-answer'), status);
}

export const asProblem = (error: unknown): ApiProblem =>
  error instanceof ApiProblem
    ? error
    : new ApiProblem('unexpected-answer', 0, error instanceof Error ? error.message : String(error));
