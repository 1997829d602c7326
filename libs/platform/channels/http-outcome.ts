import type { Outbound, OutboundRequest } from '@sc/platform/egress';
import { later, type Outcome, refused } from './channel.js';

/** Worth another attempt although the other side said no: it was slow, or busy. */
const retriedStatuses = new Set([408, 425, 429]);

/** The answer's text where there is one, else what the lack of it means. */
export type Asked = { text: string; status: number } | { outcome: Outcome };

/** Asks, and reads the status as every HTTP service means it. */
export async function ask(outbound: Pick<Outbound, 'send'>, request: OutboundRequest): Promise<Asked> {
  const answer = await outbound.send(request);
  if (!answer.ok) return { outcome: answer.refused ? refused(answer.reason) : later(answer.reason) };
  const { status, text, retryAfterMs } = answer;
  if (status >= 200 && status < 300) return { text, status };
  const reason = `http-${status}`;
  if (status >= 500 || retriedStatuses.has(status)) return { outcome: later(reason, retryAfterMs) };
  return { outcome: refused(reason) };
}

/** The same with a JSON body, which the caller wrote. */
export const askJson = (outbound: Pick<Outbound, 'send'>, url: string, body: string): Promise<Asked> =>
  ask(outbound, { method: 'POST', url, headers: { 'content-type': 'application/json' }, body });

/** Codes of a service: `0` is fine; what is in neither list is tried again until the queue gives up. */
export interface CodeTable {
  /** Another attempt cannot help: wrong key, unknown person. */
  refused: ReadonlySet<number>;
  /** Too many at once: how long to wait. */
  limited: ReadonlyMap<number, number>;
}

/** @param code `undefined`: the answer was none of theirs */
export function outcomeOfCode(code: number | undefined, table: CodeTable): Outcome {
  if (code === 0) return { outcome: 'delivered' };
  if (code === undefined) return later('unexpected-answer');
  const reason = `code-${code}`;
  if (table.refused.has(code)) return refused(reason);
  return later(reason, table.limited.get(code));
}

/** A JSON object, or undefined for anything else. */
export function objectOf(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return value && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

export const numberIn = (object: Record<string, unknown> | undefined, key: string): number | undefined =>
  typeof object?.[key] === 'number' ? object[key] : undefined;
export const stringIn = (object: Record<string, unknown> | undefined, key: string): string | undefined =>
  typeof object?.[key] === 'string' ? object[key] : undefined;
