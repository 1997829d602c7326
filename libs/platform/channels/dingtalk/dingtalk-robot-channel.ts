import { createHmac } from 'node:crypto';
import type { Clock } from '@sc/platform/clock';
import type { Outbound } from '@sc/platform/egress';
import {
  type ChannelMessage,
  type Destination,
  type NotificationChannel,
  type Outcome,
  unreachable,
} from '../channel.js';
import { askJson, numberIn, objectOf, outcomeOfCode } from '../http-outcome.js';
import { cutBytes, markdown } from '../wording.js';
import { dingtalkBase, dingtalkCodes } from './dingtalk-codes.js';

export interface DingtalkRobotOptions {
  accessToken: string;
  /** Of the security setting "signature" (加签). Without it the group must let us in by address or keyword. */
  signingKey?: string | undefined;
  baseUrl?: string | undefined;
}

const mostBytes = 4_000;

/** A group's robot in DingTalk. At most 20 messages a minute; beyond that it is deaf for ten. */
export class DingtalkRobotChannel implements NotificationChannel {
  constructor(
    private readonly options: DingtalkRobotOptions,
    private readonly outbound: Outbound,
    private readonly clock: Clock,
  ) {}

  async deliver(message: ChannelMessage, destination: Destination): Promise<Outcome> {
    if (destination.to !== 'group') return unreachable;
    const { accessToken, signingKey, baseUrl = dingtalkBase } = this.options;
    const query = new URLSearchParams({
      access_token: accessToken,
      ...(signingKey ? signed(signingKey, this.clock.now()) : {}),
    });
    const text = cutBytes(markdown(message, destination.locale), mostBytes);
    const url = `${baseUrl}/robot/send?${query}`;
    const asked = await askJson(
      this.outbound,
      url,
      JSON.stringify({ msgtype: 'markdown', markdown: { title: message.title[destination.locale], text } }),
    );
    return 'outcome' in asked ? asked.outcome : outcomeOfCode(numberIn(objectOf(asked.text), 'errcode'), dingtalkCodes);
  }

  close(): Promise<void> {
    return this.outbound.close();
  }
}

/** Base64 of HMAC-SHA256 over `timestamp\nkey` with the key; the timestamp, in milliseconds, may be an hour off at most. */
function signed(key: string, now: number): { timestamp: string; sign: string } {
  const timestamp = String(now);
  return { timestamp, sign: createHmac('sha256', key).update(`${timestamp}\n${key}`).digest('base64') };
}
