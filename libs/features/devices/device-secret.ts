import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits: too many to guess, so a fast hash is enough (argon2 is for passwords that people choose). */
export function newDeviceSecret(): { secret: string; secretHash: Buffer } {
  const secret = randomBytes(32).toString('base64url');
  return { secret, secretHash: createHash('sha256').update(secret).digest() };
}
