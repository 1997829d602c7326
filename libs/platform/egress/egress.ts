import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type Settings } from '@sc/platform/config';
import { Agent, request } from 'undici';
import { type AllowedHosts, judgeAddress, parseAllowedHosts } from './allowed-hosts.js';
import { safeLookup } from './safe-lookup.js';

export type EgressResult =
  | { ok: true; bytes: Buffer }
  /** `refused`: nothing was asked and nothing ever will be. Otherwise `retry` says whether another attempt may help. */
  | { ok: false; refused: boolean; retry: boolean; status?: number; reason: string };

export interface EgressLimits {
  maxBytes: number;
  /** For the whole exchange, from the look-up of the name to the last byte. */
  timeoutMs: number;
}

/** Worth another attempt although the answer was no: the other side is busy, or the picture is not written yet. */
const retriedStatuses = new Set([404, 408, 425, 429]);
const connectTimeoutMs = 3_000;
const mostThrownAway = 16 * 1024;

/** Fetches addresses that came from outside, from allow-listed hosts only. */
@Injectable()
export class Egress implements BeforeApplicationShutdown {
  private readonly allowed: AllowedHosts;
  /** Of our own, so that neither a proxy of the environment nor cookies of anybody take part. */
  private readonly agent = new Agent({
    connections: 4,
    maxResponseSize: -1,
    connect: { timeout: connectTimeoutMs, lookup: safeLookup },
  });

  constructor(@Inject(SETTINGS) settings: Pick<Settings, 'CAMERA_HOSTS'>) {
    this.allowed = parseAllowedHosts(settings.CAMERA_HOSTS);
  }

  /** Why an address would be refused, or undefined. */
  refusal(address: string): string | undefined {
    const verdict = judgeAddress(address, this.allowed);
    return verdict.ok ? undefined : verdict.reason;
  }

  /** Never throws. A redirect is an answer like any other, not an address to ask. */
  async fetch(address: string, limits: EgressLimits, stopping?: AbortSignal): Promise<EgressResult> {
    const verdict = judgeAddress(address, this.allowed);
    if (!verdict.ok) return { ok: false, refused: true, retry: false, reason: verdict.reason };
    const limit = AbortSignal.timeout(limits.timeoutMs);
    const signal = stopping ? AbortSignal.any([limit, stopping]) : limit;
    try {
      return await this.ask(verdict.url, limits, signal);
    } catch (error) {
      return failure(limit.aborted ? 'timeout' : codeOf(error), true);
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.agent.destroy();
  }

  private async ask(url: URL, { maxBytes, timeoutMs }: EgressLimits, signal: AbortSignal): Promise<EgressResult> {
    const { statusCode, headers, body } = await request(url, {
      dispatcher: this.agent,
      signal,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      headers: { 'user-agent': 'smart-community', accept: '*/*', 'accept-encoding': 'identity' },
    });
    if (statusCode !== 200) {
      await body.dump({ limit: mostThrownAway, signal }).catch(() => undefined);
      return {
        ...failure(`status-${statusCode}`, statusCode >= 500 || retriedStatuses.has(statusCode)),
        status: statusCode,
      };
    }
    const chunks: Buffer[] = [];
    let bytes = 0;
    // what the other side announces may be a lie: it is counted as it comes
    if (Number(headers['content-length'] ?? 0) > maxBytes) bytes = Infinity;
    else
      for await (const chunk of body as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        if (bytes > maxBytes) break;
        chunks.push(chunk);
      }
    if (bytes <= maxBytes) return { ok: true, bytes: Buffer.concat(chunks) };
    body.on('error', () => undefined);
    body.destroy();
    return failure('too-large', false);
  }
}

const failure = (reason: string, retry: boolean): Extract<EgressResult, { ok: false }> => ({
  ok: false,
  refused: false,
  retry,
  reason,
});

/** A short, stable word; messages of errors hold addresses. */
function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code.toLowerCase().replaceAll('_', '-').slice(0, 60) : 'unreachable';
}
