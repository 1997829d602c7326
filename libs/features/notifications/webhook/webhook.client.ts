import { UnrecoverableJobError } from '@sc/platform/jobs';
import { Agent, request } from 'undici';
import { sign } from './sign.js';

export interface WebhookOptions {
  url: string;
  secret: string;
  /** For the whole exchange; a receiver that needs longer should answer first and work later. */
  timeoutMs?: number;
}

/** Worth another attempt although the receiver said no: it was slow, or busy. */
const retriedRefusals = new Set([408, 425, 429]);
const mostResponseBytes = 16 * 1024;

/** The receiver did not take the event this time. */
class WebhookRefusedError extends Error {
  readonly code = 'webhook-refused';
}

/** Sends one signed request at a time it is asked to; who repeats it is the queue's business. */
export class WebhookClient {
  private readonly agent: Agent;
  private readonly timeoutMs: number;

  constructor(private readonly options: WebhookOptions) {
    this.timeoutMs = options.timeoutMs ?? 5_000;
    this.agent = new Agent({ connections: 4, connect: { timeout: this.timeoutMs } });
  }

  /**
   * Returns when the receiver answered 2xx. A redirect is not followed: the signed event goes to the configured
   * address or nowhere.
   * @throws UnrecoverableJobError for an answer that another attempt cannot change; anything else is worth one
   */
  async send(id: string, timestamp: number, body: string): Promise<void> {
    const signal = AbortSignal.timeout(this.timeoutMs);
    const { statusCode, body: answer } = await request(this.options.url, {
      method: 'POST',
      dispatcher: this.agent,
      signal,
      headersTimeout: this.timeoutMs,
      bodyTimeout: this.timeoutMs,
      headers: {
        'content-type': 'application/cloudevents+json; charset=utf-8',
        'user-agent': 'smart-community',
        'webhook-id': id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': sign(this.options.secret, id, timestamp, body),
      },
      body,
    });
    // Only the status counts; what the receiver writes is thrown away, and no more of it than this is read.
    await answer.dump({ limit: mostResponseBytes, signal }).catch(() => undefined);
    if (statusCode >= 200 && statusCode < 300) return;
    const message = `the webhook answered ${statusCode}`;
    if (statusCode >= 300 && statusCode < 500 && !retriedRefusals.has(statusCode))
      throw new UnrecoverableJobError(message);
    throw new WebhookRefusedError(message);
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }
}
