import { createHmac } from 'node:crypto';

/** The key as bytes: `whsec_…` is base64 (Standard Webhooks), anything else is taken as it stands. */
const keyOf = (secret: string): Buffer =>
  secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret, 'utf8');

/**
 * Signature header of Standard Webhooks: `v1,` and the base64 HMAC-SHA256 over `id.timestamp.body`.
 * @param timestamp seconds since the epoch, as in the header `webhook-timestamp`
 */
export function sign(secret: string, id: string, timestamp: number, body: string): string {
  return `v1,${createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}
