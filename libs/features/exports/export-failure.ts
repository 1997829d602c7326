import type { exportErrors } from '@sc/contracts';
import { TimeSeriesUnavailableError } from '@sc/platform/time-series';

export type ExportError = (typeof exportErrors)[number];

/** An export ends without a file, for a reason a person can be told. */
export class ExportFailure extends Error {
  constructor(readonly code: ExportError) {
    super(code);
  }
}

/** The code for whatever went wrong on the way. */
export function failureCode(error: unknown): ExportError {
  if (error instanceof ExportFailure) return error.code;
  if (error instanceof TimeSeriesUnavailableError) return 'store-unavailable';
  const text = error instanceof Error ? `${(error as { code?: string }).code ?? ''} ${error.message}` : String(error);
  return /ENOSPC|EDQUOT|no space left|disk full/i.test(text) ? 'disk-full' : 'failed';
}
