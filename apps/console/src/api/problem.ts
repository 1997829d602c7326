import { problemSchema, type Problem, type ProblemCode } from '@sc/contracts';

/** `network`: no answer at all; `unexpected-answer`: an answer that breaks the contract. */
export type FailureCode = ProblemCode | 'network' | 'unexpected-answer';

/** What the platform told of it: `detail` is for developers, `text` the same for people. */
type Told = Partial<Pick<Problem, 'detail' | 'text' | 'errors' | 'issues' | 'correlationId'>>;

/** Every failed request ends as one of these; screens translate `problem.<code>`. */
export class ApiProblem extends Error {
  readonly detail: string | undefined;
  readonly text: Problem['text'];
  readonly errors: NonNullable<Problem['errors']>;
  /** What is wrong with a rule. */
  readonly issues: NonNullable<Problem['issues']>;
  readonly correlationId: string | undefined;

  constructor(
    readonly code: FailureCode,
    readonly status: number,
    { detail, text, errors = [], issues = [], correlationId }: Told = {},
    options?: ErrorOptions,
  ) {
    super(detail ?? code, options);
    this.name = 'ApiProblem';
    this.detail = detail;
    this.text = text;
    this.errors = errors;
    this.issues = issues;
    this.correlationId = correlationId;
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
  if (parsed.success) return new ApiProblem(parsed.data.code, status, parsed.data);
  return new ApiProblem(byStatus[status] ?? (status >= 500 ? 'unavailable' : 'unexpected-answer'), status);
}

export const asProblem = (error: unknown): ApiProblem =>
  error instanceof ApiProblem
    ? error
    : new ApiProblem('unexpected-answer', 0, { detail: error instanceof Error ? error.message : String(error) });
