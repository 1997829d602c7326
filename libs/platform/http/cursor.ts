import { commonRefusals } from './common-refusals.js';
import { ProblemError } from './problem.js';

/** Opaque cursor of a list: the sort key of the last item. */
export const encodeCursor = (key: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url');

/** @throws ProblemError `invalid-request` when it is not one of ours */
export function decodeCursor(cursor: string, length: number): (string | number)[] {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (
      Array.isArray(key) &&
      key.length === length &&
      key.every((part) => typeof part === 'string' || typeof part === 'number')
    )
      return key;
  } catch {
    // told below, together with a cursor of the wrong shape
  }
  throw new ProblemError('invalid-request', commonRefusals.strangeCursor, [
    { path: 'cursor', message: commonRefusals.startAnew },
  ]);
}
