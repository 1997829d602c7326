import { createHash, randomInt } from 'node:crypto';

/** Crockford's base 32 in small letters: no i, l, o or u. */
const letters = '0123456789abcdefghjkmnpqrstvwxyz';

/** 60 random bits: it hangs on a wall, but nobody who was not there guesses it. */
export const newPlaceCode = (): string => Array.from({ length: 12 }, () => letters[randomInt(letters.length)]).join('');

export const hashOfToken = (token: string): Buffer => createHash('sha256').update(token).digest();
