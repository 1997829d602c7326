import { pbkdf2Sync, randomBytes } from 'node:crypto';

/** What `mosquitto_passwd` of 2.0 takes by itself. A secret of 256 random bits is not found by trying, however cheap a try is. */
const randomSecretIterations = 101;
/** For a password that a person may have chosen; it is checked only when the platform connects. */
const passwordIterations = 20_000;

/** As Mosquitto's password file wants it: `$7$`, PBKDF2 with SHA-512. */
export function mosquittoHash(secret: string): string {
  return hash(secret, randomSecretIterations);
}

export function mosquittoPasswordHash(password: string): string {
  return hash(password, passwordIterations);
}

function hash(secret: string, iterations: number): string {
  const salt = randomBytes(12);
  const derived = pbkdf2Sync(secret, salt, iterations, 64, 'sha512');
  return `$7$${iterations}$${salt.toString('base64')}$${derived.toString('base64')}`;
}
