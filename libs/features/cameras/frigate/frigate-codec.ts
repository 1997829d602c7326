import type { RejectReason } from '@sc/contracts';
import type { BridgeCodec, BridgeWord } from '@sc/features/telemetry';
import { objectMessageSchema, reviewMessageSchema } from './payloads.js';
import { readObject } from './read-object.js';
import { readReview } from './read-review.js';

/** Reviews whose latest told time is remembered; a camera has one at a time. Of more the oldest is forgotten. */
const maxReviews = 10_000;
const status = /^([A-Za-z0-9_-]{1,64})\/status\/(detect|record)$/;

type Rejected = { reason: RejectReason; detail: string };

/** Frigate's topics as they are (docs/cameras.md lists them). */
export class FrigateCodec implements BridgeCodec {
  readonly kind = 'frigate';
  readonly domain = 'camera';
  readonly online = 'camera.online';
  readonly offline = 'camera.offline';
  private readonly toldAt = new Map<string, number>();

  wants(path: string): boolean {
    return path === 'reviews' || path === 'events' || path === 'available' || status.test(path);
  }

  read(bridgeId: string, path: string, payload: Buffer, receivedAt: number): readonly BridgeWord[] | Rejected {
    const text = payload.toString('utf8');
    if (path === 'available') return readAvailable(text.trim());
    const [, externalId, part] = status.exec(path) ?? [];
    if (externalId !== undefined && part !== undefined) return readStatus(externalId, part, text.trim());
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      return { reason: 'not-json', detail: 'not JSON' };
    }
    return path === 'reviews' ? this.review(bridgeId, json, receivedAt) : readObjectMessage(json, receivedAt);
  }

  private review(bridgeId: string, json: unknown, receivedAt: number): readonly BridgeWord[] | Rejected {
    const parsed = reviewMessageSchema.safeParse(json);
    if (!parsed.success) return mismatch(parsed.error);
    const key = `${bridgeId} ${parsed.data.after.id}`;
    const words = readReview(parsed.data, receivedAt, this.toldAt.get(key));
    for (const { ts } of words) this.remember(key, ts);
    return words;
  }

  private remember(key: string, ts: number): void {
    const before = this.toldAt.get(key) ?? ts;
    this.toldAt.delete(key);
    this.toldAt.set(key, Math.max(before, ts));
    if (this.toldAt.size > maxReviews) this.toldAt.delete(this.toldAt.keys().next().value!);
  }
}

function readObjectMessage(json: unknown, receivedAt: number): readonly BridgeWord[] | Rejected {
  const parsed = objectMessageSchema.safeParse(json);
  return parsed.success ? readObject(parsed.data, receivedAt) : mismatch(parsed.error);
}

/** `stopped` is a clean stop, `offline` its will, as at a crash or a lost network. */
function readAvailable(text: string): readonly BridgeWord[] | Rejected {
  if (text === 'online' || text === 'offline' || text === 'stopped') return [{ kind: 'bridge', state: text }];
  return { reason: 'schema-mismatch', detail: 'is online, offline or stopped' };
}

/** `disabled` is what a person chose, so it is no fault. */
function readStatus(externalId: string, part: string, text: string): readonly BridgeWord[] | Rejected {
  if (text === 'online' || text === 'disabled') return [{ kind: 'part', externalId, part, works: true }];
  if (text === 'offline') return [{ kind: 'part', externalId, part, works: false }];
  return { reason: 'schema-mismatch', detail: 'is online, offline or disabled' };
}

function mismatch({ issues: [issue] }: { issues: readonly { path: PropertyKey[]; message: string }[] }): Rejected {
  const detail = issue ? `${issue.path.map(String).join('.') || 'payload'}: ${issue.message}` : 'does not match';
  return { reason: 'schema-mismatch', detail: detail.slice(0, 300) };
}
