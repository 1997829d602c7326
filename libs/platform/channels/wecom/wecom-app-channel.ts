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
import { cutBytes, plainText } from '../wording.js';
import { wecomBase, wecomCodes, wecomTokenCodes } from './wecom-codes.js';

export interface WecomAppOptions {
  corpId: string;
  agentId: number;
  secret: string;
  baseUrl?: string | undefined;
}

const mostBytes = 2048;
/** The longest in which WeCom itself swallows a repeat of the same content: 4 h. */
const duplicateCheckSeconds = 14_400;

/** Messages of an app of the company to a person, by their user id. */
export class WecomAppChannel implements NotificationChannel {
  private readonly tokens: AccessToken;
  private readonly base: string;

  constructor(
    private readonly options: WecomAppOptions,
    private readonly outbound: Outbound,
    clock: Clock,
  ) {
    this.base = options.baseUrl ?? wecomBase;
    this.tokens = new AccessToken(clock, () => this.fetchToken());
  }

  async deliver(message: ChannelMessage, destination: Destination): Promise<Outcome> {
    if (destination.to !== 'person') return unreachable;
    // `|` would name several people, `@all` everybody
    if (/[|@\s]/.test(destination.address)) return refused('address-malformed');
    const body = JSON.stringify({
      touser: destination.address,
      msgtype: 'text',
      agentid: this.options.agentId,
      text: { content: cutBytes(plainText(message, destination.locale), mostBytes) },
      enable_duplicate_check: 1,
      duplicate_check_interval: duplicateCheckSeconds,
    });
    return withToken(this.tokens, (token) => this.send(token, body));
  }

  close(): Promise<void> {
    return this.outbound.close();
  }

  private async send(token: string, body: string): Promise<Outcome | 'token-refused'> {
    const url = `${this.base}/cgi-bin/message/send?access_token=${encodeURIComponent(token)}`;
    const asked = await askJson(this.outbound, url, body);
    if ('outcome' in asked) return asked.outcome;
    const answer = objectOf(asked.text);
    const code = numberIn(answer, 'errcode');
    if (code !== undefined && wecomTokenCodes.has(code)) return 'token-refused';
    // 0 with a list of those who were not told: in a message to one person that is this person
    if (code === 0 && stringIn(answer, 'invaliduser')) return refused('person-unknown');
    if (code === 0 && stringIn(answer, 'unlicenseduser')) return refused('person-without-licence');
    return outcomeOfCode(code, wecomCodes);
  }

  private async fetchToken(): Promise<Fetched> {
    const { corpId, secret } = this.options;
    const query = new URLSearchParams({ corpid: corpId, corpsecret: secret });
    const asked = await ask(this.outbound, { method: 'GET', url: `${this.base}/cgi-bin/gettoken?${query}` });
    if ('outcome' in asked) return asked;
    const answer = objectOf(asked.text);
    const [code, seconds] = [numberIn(answer, 'errcode'), numberIn(answer, 'expires_in')];
    return tokenOf({ code, token: stringIn(answer, 'access_token'), seconds }, wecomCodes);
  }
}
