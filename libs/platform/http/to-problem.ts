import { HttpException } from '@nestjs/common';
import type { ProblemCode, Text } from '@sc/contracts';
import { isTransientDatabaseError } from '@sc/platform/database';
import { TimeSeriesUnavailableError } from '@sc/platform/time-series';
import { commonRefusals } from './common-refusals.js';
import { ProblemError } from './problem.js';

const codes: Record<number, ProblemCode> = {
  400: 'invalid-request',
  401: 'not-authenticated',
  403: 'forbidden',
  404: 'not-found',
  405: 'not-found',
  408: 'unavailable',
  409: 'conflict',
  413: 'too-large',
  414: 'invalid-request',
  415: 'unsupported-media',
  429: 'too-many-attempts',
  503: 'unavailable',
};

/** Turns anything thrown on the way of a request into what the client may know of it. */
export function toProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof TimeSeriesUnavailableError) return unavailable(commonRefusals.noTimeSeries);
  const status = clientStatus(error);
  const code = status === undefined ? undefined : (codes[status] ?? (status < 500 ? 'invalid-request' : undefined));
  if (code) return new ProblemError(code, commonRefusals.ofServer(code, (error as Error).message));
  if (isTransientDatabaseError(error)) return unavailable(commonRefusals.noDatabase);
  if (isDataException(error)) return new ProblemError('invalid-request', commonRefusals.valueNotKept);
  // What went wrong inside is for the log alone.
  return new ProblemError('internal', commonRefusals.wentWrong);
}

const unavailable = (reason: Text): ProblemError => new ProblemError('unavailable', reason, undefined, 5);

/** PostgreSQL's class 22: a character text cannot hold, a number too large. It got past a schema, but it came from the client. */
function isDataException(error: unknown): boolean {
  const { code, severity } = (error ?? {}) as { code?: unknown; severity?: unknown };
  return severity === 'ERROR' && typeof code === 'string' && code.length === 5 && code.startsWith('22');
}

/** The status of an error of Nest or Fastify itself. Errors of other libraries may carry a `statusCode` too: they say nothing here. */
function clientStatus(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const { code, statusCode } = (error ?? {}) as { code?: unknown; statusCode?: unknown };
  return typeof code === 'string' && code.startsWith('FST_') && typeof statusCode === 'number' ? statusCode : undefined;
}
