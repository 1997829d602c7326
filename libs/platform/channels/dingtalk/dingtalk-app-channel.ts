import type { Clock } from '@sc/platform/clock';
import type { Outbound } from '@sc/platform/egress';
import { AccessToken, type Fetched, tokenOf, withToken } from '../access-token.js';
import {
  type ChannelMessage,
  type Destination,
  type NotificationChannel,
  type Outcome,
  refused,
  unreachable,
} from '../channel.js';
import { ask, askJson, numberIn, objectOf, outcomeOfCode, stringIn } from '../http-outcome.js';
import { cutBytes, markdown } from '../wording.js';
import { dingtalkBase, dingtalkCodes, dingtalkTokenCodes } from './dingtalk-codes.js';

export interface DingtalkAppOptions {
  appKey: string;
  appSecret: string;
  agentId: number;
  baseUrl?: string | undefined;
}

const mostBytes = 2_000;

/** Work notifications (工作通知) of an app of the company to a person, by their user id. */
export class DingtalkAppChannel implements NotificationChannel {
  private readonly tokens: AccessToken;
  private readonly base: string;

  constructor(
    private readonly options: DingtalkAppOptions,
    private readonly outbound: Outbound,
    clock: Clock,
  ) {
    this.base = options.baseUrl ?? dingtalkBase;
    this.tokens = new AccessToken(clock, () => this.fetchToken());
  }

  async deliver(message: ChannelMessage, destination: Destination): Promise<Outcome> {
    if (destination.to !== 'person') return unreachable;
    // a comma would name several people
    if (/[,\s]/.test(destination.address)) return refused('address-malformed');
    const { locale, address } = destination;
    const text = cutBytes(markdown(message, locale), mostBytes);
    const body = JSON.stringify({
      agent_id: this.options.agentId,
      userid_list: address,
      msg: { msgtype: 'markdown', markdown: { title: message.title[locale], text } },
    });
    return withToken(this.tokens, (token) => this.send(token, body));
  }

  close(): Promise<void> {
    return this.outbound.close();
  }

  private async send(token: string, body: string): Promise<Outcome | 'token-refused'> {
    const url = `${this.base}/topapi/message/corpconversation/asyncsend_v2?access_token=${encodeURIComponent(token)}`;
    const asked = await askJson(this.outbound, url, body);
    if ('outcome' in asked) return asked.outcome;
    const answer = objectOf(asked.text);
    const code = numberIn(answer, 'errcode');
    // 88 wraps a code of the older gateway
    const inner = code === 88 ? Number(stringIn(answer, 'sub_code') ?? numberIn(answer, 'sub_code')) : code;
    if (inner !== undefined && dingtalkTokenCodes.has(inner)) return 'token-refused';
    return outcomeOfCode(Number.isNaN(inner) ? code : inner, dingtalkCodes);
  }

  private async fetchToken(): Promise<Fetched> {
    const query = new URLSearchParams({ appkey: this.options.appKey, appsecret: this.options.appSecret });
    const asked = await ask(this.outbound, { method: 'GET', url: `${this.base}/gettoken?${query}` });
    if ('outcome' in asked) return asked;
    const answer = objectOf(asked.text);
    // where it is left out, it is two hours
    const [code, seconds] = [numberIn(answer, 'errcode'), numberIn(answer, 'expires_in') ?? 7200];
    return tokenOf({ code, token: stringIn(answer, 'access_token'), seconds }, dingtalkCodes);
  }
}
