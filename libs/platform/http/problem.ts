import type { Problem, ProblemCode, RuleIssue } from '@sc/contracts';

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

/** An expected refusal on its way to the client as RFC 9457 problem details. `message` is for developers; people read the console's translation of `code`. */
export class ProblemError extends Error {
  readonly status: number;

  constructor(
    readonly code: ProblemCode,
    message: string,
    readonly errors?: { path: string; message: string }[],
    /** Sent as `Retry-After`. */
    readonly retryAfterSeconds?: number,
    /** What is wrong with a rule. */
    readonly issues?: readonly RuleIssue[],
  ) {
    super(message);
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
    detail: error.message,
    ...(error.errors?.length ? { errors: error.errors } : {}),
    ...(error.issues?.length ? { issues: [...error.issues] } : {}),
    correlationId,
  };
}
