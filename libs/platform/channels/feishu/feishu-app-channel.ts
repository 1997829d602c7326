import type { Clock } from '@sc/platform/clock';
import type { Outbound } from '@sc/platform/egress';
import { AccessToken, type Fetched, tokenOf, withToken } from '../access-token.js';
import {
  type ChannelMessage,
  type Destination,
  later,
  type NotificationChannel,
  type Outcome,
  refused,
  unreachable,
} from '../channel.js';
import { numberIn, objectOf, outcomeOfCode, stringIn } from '../http-outcome.js';
import { cutBytes, plainText } from '../wording.js';
import { feishuBase, feishuCodes, feishuTokenCodes } from './feishu-codes.js';

export interface FeishuAppOptions {
  appId: string;
  appSecret: string;
  receiveIdType: string;
  baseUrl?: string | undefined;
}

type Answered = { code: number; answer: Record<string, unknown> | undefined } | { outcome: Outcome };

const mostBytes = 4_000;

/** Messages of an app of the company to a person. Feishu swallows a repeat of the same `uuid` within an hour. */
export class FeishuAppChannel implements NotificationChannel {
  private readonly tokens: AccessToken;
  private readonly base: string;

  constructor(
    private readonly options: FeishuAppOptions,
    private readonly outbound: Outbound,
    clock: Clock,
  ) {
    this.base = options.baseUrl ?? feishuBase;
    this.tokens = new AccessToken(clock, () => this.fetchToken());
  }

  async deliver(message: ChannelMessage, destination: Destination): Promise<Outcome> {
    if (destination.to !== 'person') return unreachable;
    const body = JSON.stringify({
      receive_id: destination.address,
      msg_type: 'text',
      content: JSON.stringify({ text: cutBytes(plainText(message, destination.locale), mostBytes) }),
      uuid: message.key.slice(0, 50),
    });
    return withToken(this.tokens, (token) => this.send(token, body));
  }

  close(): Promise<void> {
    return this.outbound.close();
  }

  private async send(token: string, body: string): Promise<Outcome | 'token-refused'> {
    const query = new URLSearchParams({ receive_id_type: this.options.receiveIdType });
    const headers = { authorization: `Bearer ${token}` };
    const asked = await this.ask(`/open-apis/im/v1/messages?${query}`, body, headers);
    if ('outcome' in asked) return asked.outcome;
    if (feishuTokenCodes.has(asked.code)) return 'token-refused';
    return outcomeOfCode(asked.code, feishuCodes);
  }

  private async fetchToken(): Promise<Fetched> {
    const { appId, appSecret } = this.options;
    const body = JSON.stringify({ app_id: appId, app_secret: appSecret });
    const asked = await this.ask('/open-apis/auth/v3/tenant_access_token/internal', body, {});
    if ('outcome' in asked) return asked;
    const token = stringIn(asked.answer, 'tenant_access_token');
    return tokenOf({ code: asked.code, token, seconds: numberIn(asked.answer, 'expire') }, feishuCodes);
  }

  /** Refusals come with a status of 400 and more, and with a code that says which: the code counts. */
  private async ask(path: string, body: string, headers: Record<string, string>): Promise<Answered> {
    const answer = await this.outbound.send({
      method: 'POST',
      url: `${this.base}${path}`,
      headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
      body,
    });
    if (!answer.ok) return { outcome: answer.refused ? refused(answer.reason) : later(answer.reason) };
    const object = objectOf(answer.text);
    const code = numberIn(object, 'code');
    if (code !== undefined && answer.status !== 429) return { code, answer: object };
    const busy = answer.status === 429 || answer.status >= 500 || answer.status < 300;
    return { outcome: busy ? later(`http-${answer.status}`, answer.retryAfterMs) : refused(`http-${answer.status}`) };
  }
}
