import type { Problem, ProblemCode, RuleIssue, Text } from '@sc/contracts';

const statuses: Record<ProblemCode, number> = {
  'invalid-request': 400,
  'not-authenticated': 401,
  'wrong-credentials': 401,
  'too-many-attempts': 429,
  forbidden: 403,
  'not-found': 404,
  'already-exists': 409,
  conflict: 409,
  'action-not-allowed': 409,
  'beyond-limit': 422,
  'handler-may-not-verify': 403,
  'photo-required': 422,
  'note-required': 422,
  'already-accepted': 409,
  'checklist-incomplete': 422,
  'assistants-open': 409,
  'not-assignable': 422,
  'shift-overlaps': 409,
  'in-use': 409,
  'invalid-rule': 422,
  'invalid-round-plan': 422,
  'code-not-valid': 422,
  'not-in-time': 422,
  'too-many-exports': 429,
  'too-many-back-tests': 429,
  'too-many-plans': 429,
  'too-large': 413,
  'unsupported-media': 415,
  unavailable: 503,
  internal: 500,
};

/** The HTTP status that belongs to a problem code. */
export const statusOfProblem = (code: ProblemCode): number => statuses[code];

/** What is wrong at one place of a request: words for people, or a code for which the form has its own. */
export interface Mistake {
  /** JSON path. */
  path: string;
  message: Text | string;
}

/** An expected refusal on its way to the client as RFC 9457 problem details. `message` of the error is its reason in English, for logs. */
export class ProblemError extends Error {
  readonly status: number;

  constructor(
    readonly code: ProblemCode,
    /** From `refusals.ts` of the feature: none is written where it is thrown. */
    readonly reason: Text,
    readonly errors?: readonly Mistake[],
    /** Sent as `Retry-After`. */
    readonly retryAfterSeconds?: number,
    /** What is wrong with a rule. */
    readonly issues?: readonly RuleIssue[],
  ) {
    super(reason.en);
    this.status = statuses[code];
  }
}

/** The body that answers a refusal. */
export function problemBody(error: ProblemError, correlationId: string): Problem {
  const words = error.code.replaceAll('-', ' ');
  return {
    type: `urn:smart-community:problem:${error.code}`,
    title: words.charAt(0).toUpperCase() + words.slice(1),
    status: error.status,
    code: error.code,
    detail: error.reason.en,
    text: error.reason,
    ...(error.errors?.length ? { errors: error.errors.map(mistakeBody) } : {}),
    ...(error.issues?.length ? { issues: [...error.issues] } : {}),
    correlationId,
  };
}

const mistakeBody = ({ path, message }: Mistake) =>
  typeof message === 'string' ? { path, message } : { path, message: message.en, text: message };
