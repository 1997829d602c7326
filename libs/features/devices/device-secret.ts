import { createHash, randomBytes } from 'node:crypto';
import { mosquittoHash } from './broker-files/mosquitto-hash.js';

/** 256 random bits: too many to guess, so a fast hash is enough (argon2 is for passwords that people choose). */
export function newDeviceSecret(): { secret: string } & DeviceSecretHashes {
  const secret = randomBytes(32).toString('base64url');
  return { secret, ...hashDeviceSecret(secret) };
}

/** What is kept of a secret. */
export interface DeviceSecretHashes {
  secretHash: Buffer;
  /** For the password file of an external broker, which cannot be made of the other one. */
  mosquittoHash: string;
}

export function hashDeviceSecret(secret: string): DeviceSecretHashes {
  return { secretHash: createHash('sha256').update(secret).digest(), mosquittoHash: mosquittoHash(secret) };
}
