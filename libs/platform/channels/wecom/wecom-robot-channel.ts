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
import { wecomBase, wecomCodes } from './wecom-codes.js';

/** Of a text of a robot, in UTF-8. */
const mostBytes = 2048;

/** A group's robot in WeCom: whoever knows the key may speak, so the key is the secret. At most 20 messages a minute. */
export class WecomRobotChannel implements NotificationChannel {
  constructor(
    private readonly options: { key: string; baseUrl?: string | undefined },
    private readonly outbound: Outbound,
  ) {}

  async deliver(message: ChannelMessage, destination: Destination): Promise<Outcome> {
    if (destination.to !== 'group') return unreachable;
    const { key, baseUrl = wecomBase } = this.options;
    const content = cutBytes(plainText(message, destination.locale), mostBytes);
    const url = `${baseUrl}/cgi-bin/webhook/send?key=${encodeURIComponent(key)}`;
    const asked = await askJson(this.outbound, url, JSON.stringify({ msgtype: 'text', text: { content } }));
    return 'outcome' in asked ? asked.outcome : outcomeOfCode(numberIn(objectOf(asked.text), 'errcode'), wecomCodes);
  }

  close(): Promise<void> {
    return this.outbound.close();
  }
}
