import { createHash, randomInt } from 'node:crypto';

/** Crockford's base 32: no I, L, O, U, so that nothing on a screen can be mistaken for something else. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const groups = 4;
const groupLength = 4;

/** 80 random bits in groups a person can read aloud: `7K3M-Q8VD-…`. */
export const newSetupCode = (): string =>
  Array.from({ length: groups }, () =>
    Array.from({ length: groupLength }, () => alphabet.charAt(randomInt(alphabet.length))).join(''),
  ).join('-');

/** Of the code as somebody typed it: case, blanks and hyphens do not matter. Random, so a fast hash is enough. */
export const hashSetupCode = (typed: string): Buffer =>
  createHash('sha256')
    .update(
      typed
        .toUpperCase()
        .replace(/[\s\p{Pd}]/gu, '')
        .replaceAll('O', '0')
        .replace(/[IL]/g, '1'),
    )
    .digest();
