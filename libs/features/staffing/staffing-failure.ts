import type { staffingErrors } from '@sc/contracts';

export type StaffingError = (typeof staffingErrors)[number];

/** A plan ends without a result, for a reason a person can be told. */
export class StaffingFailure extends Error {
  constructor(readonly code: StaffingError) {
    super(code);
  }
}

/** The code for whatever went wrong on the way. */
export const failureCode = (error: unknown): StaffingError =>
  error instanceof StaffingFailure ? error.code : 'failed';
