import type { backTestErrors } from '@sc/contracts';
import { TimeSeriesUnavailableError } from '@sc/platform/time-series';

export type BackTestError = (typeof backTestErrors)[number];

/** A back-test ends without a result, for a reason a person can be told. */
export class BackTestFailure extends Error {
  constructor(readonly code: BackTestError) {
    super(code);
  }
}

/** The code for whatever went wrong on the way. */
export function failureCode(error: unknown): BackTestError {
  if (error instanceof BackTestFailure) return error.code;
  return error instanceof TimeSeriesUnavailableError ? 'store-unavailable' : 'failed';
}
