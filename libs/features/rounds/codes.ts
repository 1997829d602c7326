import { createHash, randomBytes } from 'node:crypto';

/** 128 random bits: nobody guesses one, and the code stays small enough for a scratched sticker. */
export const newCode = (): string => randomBytes(16).toString('base64url');

export const hashOfCode = (token: string): Buffer => createHash('sha256').update(token).digest();

/** By this a phone without a network knows the place; what counts is the whole hash, here. */
export const markOfCode = (hash: Buffer | null): string | null => hash?.toString('hex').slice(0, 12) ?? null;
