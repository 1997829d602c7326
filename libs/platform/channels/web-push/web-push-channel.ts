import type { Severity } from '@sc/contracts';
import type { Clock } from '@sc/platform/clock';
import type { Outbound } from '@sc/platform/egress';
import webPush from 'web-push';
import {
  type ChannelMessage,
  delivered,
  type Destination,
  later,
  type NotificationChannel,
  type Outcome,
  refused,
  unreachable,
} from '../channel.js';
import { ask } from '../http-outcome.js';
import { cutBytes } from '../wording.js';

export interface VapidKeys {
  publicKey: string;
  privateKey: string;
  /** Whom a push service may write to about us: `https:` or `mailto:` (RFC 8292, 2.1). */
  subject: string;
}

/** Without these, a phone that sleeps is told when it wakes by itself (RFC 8030, 5.3). */
const urgencyOf = (severity: Severity) => (severity === 'extreme' || severity === 'severe' ? 'high' : 'normal');
/** Push services take at most 4,096 bytes of ciphertext; texts leave room for the rest and the padding. */
const mostTextBytes = 1_000;
/** The longest that services promise to keep a message (RFC 8030, 5.2: they may keep it shorter). */
const mostTtlSeconds = 28 * 86_400;

/** Browsers that subscribed. What is sent is encrypted for the browser: the push service sees size and time only. */
export class WebPushChannel implements NotificationChannel {
  constructor(
    private readonly keys: VapidKeys,
    private readonly outbound: Outbound,
    private readonly clock: Clock,
  ) {}

  async deliver(message: ChannelMessage, destination: Destination): Promise<Outcome> {
    if (destination.to !== 'browser') return unreachable;
    const ttl = Math.floor((message.expiresAt - this.clock.now()) / 1000);
    if (ttl < 0) return refused('expired');
    const { endpoint: url, p256dh, auth, locale } = destination;
    let details: ReturnType<typeof webPush.generateRequestDetails>;
    try {
      details = webPush.generateRequestDetails({ endpoint: url, keys: { p256dh, auth } }, payloadOf(message, locale), {
        vapidDetails: this.keys,
        TTL: Math.min(ttl, mostTtlSeconds),
        urgency: urgencyOf(message.severity),
        contentEncoding: 'aes128gcm',
        // 32 signs of base64url at most: a UUID without its hyphens is just that
        topic: (message.topic ?? message.key).replaceAll('-', '').slice(0, 32),
      });
    } catch {
      // keys that are none: whoever subscribed sent rubbish
      return { outcome: 'refused', reason: 'subscription-unusable', gone: true };
    }
    // the length is what undici counts itself, and what it counts must not be said twice
    const headers = Object.fromEntries(
      Object.entries(details.headers)
        .filter(([name]) => name.toLowerCase() !== 'content-length')
        .map(([name, value]) => [name, String(value)]),
    );
    const asked = await ask(this.outbound, { method: 'POST', url, headers, body: details.body as Buffer });
    if (!('outcome' in asked)) return delivered;
    const { outcome } = asked;
    if (outcome.outcome !== 'refused') return outcome;
    if (outcome.reason === 'http-404' || outcome.reason === 'http-410') return { ...outcome, gone: true };
    // our keys, not this subscription: worth a look before it is given up
    return outcome.reason === 'http-401' ? later(outcome.reason) : outcome;
  }

  close(): Promise<void> {
    return this.outbound.close();
  }
}

/** What the service worker shows; it opens `path` when touched. `tag` is what a later message of the topic replaces. */
const payloadOf = (message: ChannelMessage, locale: 'zh-CN' | 'en'): string =>
  JSON.stringify({
    id: message.key,
    kind: message.kind,
    severity: message.severity,
    title: cutBytes(message.title[locale], mostTextBytes),
    body: cutBytes(message.body[locale], mostTextBytes),
    path: message.path,
    tag: message.topic ?? message.key,
    locale,
  });

/** A new pair of keys for this site. */
export const makeVapidKeys = (): { publicKey: string; privateKey: string } => webPush.generateVAPIDKeys();
