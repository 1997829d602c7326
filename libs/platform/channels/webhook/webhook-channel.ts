import type { Clock } from '@sc/platform/clock';
import type { Outbound } from '@sc/platform/egress';
import {
  type ChannelMessage,
  delivered,
  type Destination,
  type NotificationChannel,
  type Outcome,
  unreachable,
} from '../channel.js';
import { ask } from '../http-outcome.js';
import { sign } from './sign.js';

export interface WebhookOptions {
  url: string;
  signingKey: string;
  timeoutMs?: number;
}

/** A program that takes CloudEvents, signed as Standard Webhooks has it. Redirects are answers, not addresses: the event goes there or nowhere. */
export class WebhookChannel implements NotificationChannel {
  constructor(
    private readonly options: WebhookOptions,
    private readonly outbound: Outbound,
    private readonly clock: Clock,
  ) {}

  async deliver(message: ChannelMessage, destination: Destination): Promise<Outcome> {
    if (destination.to !== 'group') return unreachable;
    const body = JSON.stringify(message.event ?? toTestEvent(message));
    const timestamp = Math.floor(this.clock.now() / 1000);
    const asked = await ask(this.outbound, {
      method: 'POST',
      url: this.options.url,
      ignoreBody: true,
      ...(this.options.timeoutMs ? { timeoutMs: this.options.timeoutMs } : {}),
      headers: {
        'content-type': 'application/cloudevents+json; charset=utf-8',
        'webhook-id': message.key,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': sign(this.options.signingKey, message.key, timestamp, body),
      },
      body,
    });
    return 'outcome' in asked ? asked.outcome : delivered;
  }

  close(): Promise<void> {
    return this.outbound.close();
  }
}

/** What is told without being an event: a test. */
const toTestEvent = ({ key, kind, title, body }: ChannelMessage) => ({
  specversion: '1.0',
  id: key,
  source: '/smart-community',
  type: `smart-community.${kind}`,
  datacontenttype: 'application/json',
  data: { title, body },
});
