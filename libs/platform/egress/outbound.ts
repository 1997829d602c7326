import type { Clock } from '@sc/platform/clock';
import { Agent, request } from 'undici';
import { type AllowedHosts, judgeAddress } from './allowed-hosts.js';
import { safeLookup } from './safe-lookup.js';

export interface OutboundRequest {
  method: 'GET' | 'POST' | 'PUT';
  url: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Where only the status counts, what the other side writes is thrown away. */
  ignoreBody?: boolean;
  timeoutMs?: number;
}

export type OutboundAnswer =
  /** The other side answered, whatever it said. */
  | { ok: true; status: number; retryAfterMs: number | undefined; text: string }
  /** `refused`: nothing was asked and nothing ever will be. The reason is a short, stable word: never an address, never a secret. */
  | { ok: false; refused: boolean; reason: string };

/** For the whole exchange; who needs longer should answer first and work later. */
const defaultTimeoutMs = 5_000;
const connectionsPerHost = 4;
const mostAnswerBytes = 64 * 1024;
const mostThrownAway = 16 * 1024;
/** Nobody waits longer than that because a header says so. */
const longestRetryAfterMs = 3_600_000;

/**
 * Posts to allow-listed hosts only. No redirects, no cookies, no proxy of the environment; a listed name is resolved for the one
 * connection and never leads to ourselves; the answer is bounded in size and time. Never throws.
 */
export class Outbound {
  private readonly agent: Agent;

  /** @param trusted the operator of the machine wrote the address: its name may lead to the machine itself */
  constructor(
    private readonly allowed: AllowedHosts,
    private readonly clock: Clock,
    { trusted = false }: { trusted?: boolean } = {},
  ) {
    const connect = { timeout: 3_000, ...(trusted ? {} : { lookup: safeLookup }) };
    this.agent = new Agent({ connections: connectionsPerHost, connect });
  }

  /** Why an address would be refused, or undefined. */
  refusal(url: string): string | undefined {
    const verdict = judgeAddress(url, this.allowed);
    return verdict.ok ? undefined : verdict.reason;
  }

  async send({ method, url, headers, body, ignoreBody, timeoutMs }: OutboundRequest): Promise<OutboundAnswer> {
    const verdict = judgeAddress(url, this.allowed);
    if (!verdict.ok) return { ok: false, refused: true, reason: verdict.reason };
    const limitMs = timeoutMs ?? defaultTimeoutMs;
    const signal = AbortSignal.timeout(limitMs);
    try {
      const answer = await request(verdict.url, {
        method,
        dispatcher: this.agent,
        signal,
        headersTimeout: limitMs,
        bodyTimeout: limitMs,
        headers: { 'user-agent': 'smart-community', 'accept-encoding': 'identity', ...headers },
        ...(body === undefined ? {} : { body }),
      });
      const facts = {
        status: answer.statusCode,
        retryAfterMs: retryAfter(answer.headers['retry-after'], this.clock.now()),
      };
      if (ignoreBody) {
        await answer.body.dump({ limit: mostThrownAway, signal }).catch(() => undefined);
        return { ok: true, ...facts, text: '' };
      }
      const text = await readBounded(answer.body as AsyncIterable<Buffer> & { destroy(): unknown; on: EventOn });
      if (text === undefined) return { ok: false, refused: false, reason: 'answer-too-large' };
      return { ok: true, ...facts, text };
    } catch (error) {
      return { ok: false, refused: false, reason: signal.aborted ? 'timeout' : codeOf(error) };
    }
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }
}

type EventOn = (event: 'error', listener: () => void) => unknown;

async function readBounded(
  body: AsyncIterable<Buffer> & { destroy(): unknown; on: EventOn },
): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > mostAnswerBytes) {
      body.on('error', () => undefined);
      body.destroy();
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
function retryAfter(header: string | string[] | undefined, now: number): number | undefined {
  const value = Array.isArray(header) ? header[0] : header;
  if (!value) return undefined;
  const seconds = Number(value);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - now;
  return Number.isFinite(ms) && ms > 0 ? Math.min(ms, longestRetryAfterMs) : undefined;
}

/** A short, stable word; messages of errors hold addresses, and addresses hold secrets. */
function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code.toLowerCase().replaceAll('_', '-').slice(0, 60) : 'unreachable';
}
