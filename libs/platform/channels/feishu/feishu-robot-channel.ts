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
import { cutBytes, plainText } from '../wording.js';
import { feishuBase, feishuCodes } from './feishu-codes.js';

export interface FeishuRobotOptions {
  token: string;
  /** Of the security setting "signature" (签名校验). */
  signingKey?: string | undefined;
  baseUrl?: string | undefined;
}

/** A request of a robot may have 20 KB; nobody reads that. */
const mostBytes = 4_000;

/** A group's robot in Feishu or Lark. At most 100 messages a minute and 5 a second. */
export class FeishuRobotChannel implements NotificationChannel {
  constructor(
    private readonly options: FeishuRobotOptions,
    private readonly outbound: Outbound,
    private readonly clock: Clock,
  ) {}

  async deliver(message: ChannelMessage, destination: Destination): Promise<Outcome> {
    if (destination.to !== 'group') return unreachable;
    const { token, signingKey, baseUrl = feishuBase } = this.options;
    const text = cutBytes(plainText(message, destination.locale), mostBytes);
    const url = `${baseUrl}/open-apis/bot/v2/hook/${encodeURIComponent(token)}`;
    const asked = await askJson(
      this.outbound,
      url,
      JSON.stringify({
        ...(signingKey ? signed(signingKey, this.clock.now()) : {}),
        msg_type: 'text',
        content: { text },
      }),
    );
    if ('outcome' in asked) return asked.outcome;
    const answer = objectOf(asked.text);
    // the older form of a success has only the second
    return outcomeOfCode(numberIn(answer, 'code') ?? numberIn(answer, 'StatusCode'), feishuCodes);
  }

  close(): Promise<void> {
    return this.outbound.close();
  }
}

/** Base64 of HMAC-SHA256 over nothing, with `timestamp\nkey` as the key: so it is documented. The timestamp is in seconds. */
function signed(key: string, now: number): { timestamp: string; sign: string } {
  const timestamp = String(Math.floor(now / 1000));
  return { timestamp, sign: createHmac('sha256', `${timestamp}\n${key}`).update('').digest('base64') };
}
