import type { ChannelSecrets, ChannelSettings } from '@sc/contracts';
import type { Clock } from '@sc/platform/clock';
import type { Outbound, OutboundRequest } from '@sc/platform/egress';
import {
  type ChannelMessage,
  delivered,
  type Destination,
  later,
  type NotificationChannel,
  type Outcome,
  refused,
  unreachable,
} from '../channel.js';
import { ask } from '../http-outcome.js';
import { cutLength } from '../wording.js';
import { type Escape, escapes, fillIn, type Values, valueAt } from './template.js';

type Settings = ChannelSettings<'sms'>;
type Secrets = ChannelSecrets<'sms'>;

const e164 = /^\+[1-9]\d{6,14}$/;
/** A gateway of SMS or calls asks an operator before it answers. */
const timeoutMs = 10_000;
const escapeOf: Record<Settings['contentType'], Escape> = {
  'application/json': escapes.json,
  'application/x-www-form-urlencoded': escapes.url,
  'text/plain': escapes.none,
};

/** SMS or a voice call through the HTTP interface of a provider: the request is a template, its success a comparison. Nothing is executed. */
export class ProviderChannel implements NotificationChannel {
  constructor(
    private readonly settings: Settings,
    private readonly secrets: Secrets,
    private readonly outbound: Outbound,
    private readonly clock: Clock,
  ) {}

  async deliver(message: ChannelMessage, destination: Destination): Promise<Outcome> {
    if (destination.to !== 'person') return unreachable;
    if (!e164.test(destination.address)) return refused('phone-malformed');
    const asked = await ask(this.outbound, this.requestFor(message, destination));
    if ('outcome' in asked) return asked.outcome;
    const { successPointer, successValue, retryValues } = this.settings;
    if (!successPointer) return delivered;
    const value = valueAt(parsed(asked.text), successPointer);
    if (value === undefined) return later('unexpected-answer');
    if (value === (successValue ?? '0')) return delivered;
    // a code of theirs, not a sentence: what could be a text is not repeated
    const reason = /^[A-Za-z0-9._-]{1,40}$/.test(value) ? `provider-${value}` : 'provider-refused';
    const isPassing = (retryValues ?? '').split(',').some((one) => one.trim() === value);
    return isPassing ? later(reason) : refused(reason);
  }

  close(): Promise<void> {
    return this.outbound.close();
  }

  private requestFor(message: ChannelMessage, destination: Extract<Destination, { to: 'person' }>): OutboundRequest {
    const { method, url, headers = '', contentType, body, basicUser } = this.settings;
    const values = this.valuesOf(message, destination);
    const lines = headers.split('\n').flatMap((line) => {
      const [, name, value] = /^([A-Za-z0-9-]+): (.*)$/.exec(line.trim()) ?? [];
      return name ? [[name.toLowerCase(), fillIn(value!, values, escapes.header)] as const] : [];
    });
    const login = basicUser ? `${basicUser}:${this.secrets.basicPassword ?? ''}` : undefined;
    const hasBody = method !== 'GET' && body;
    return {
      method,
      url: fillInAddress(url, values),
      timeoutMs,
      headers: {
        ...Object.fromEntries(lines),
        ...(hasBody ? { 'content-type': `${contentType}; charset=utf-8` } : {}),
        ...(login ? { authorization: `Basic ${Buffer.from(login).toString('base64')}` } : {}),
      },
      ...(hasBody ? { body: fillIn(body, values, escapeOf[contentType]) } : {}),
    };
  }

  private valuesOf(message: ChannelMessage, { address, locale }: Extract<Destination, { to: 'person' }>): Values {
    const { maxLength } = this.settings;
    const [title, body] = [message.title[locale], message.body[locale]];
    return {
      phone: address,
      phoneDigits: address.slice(1),
      /** What numbers inside China look like to providers of China. */
      phoneChina: address.replace(/^\+86/, ''),
      title: cutLength(title, maxLength),
      body: cutLength(body, maxLength),
      text: cutLength(`${title} ${body}`, maxLength),
      link: message.link ?? '',
      id: message.key,
      severity: message.severity,
      language: locale,
      timestamp: String(Math.floor(this.clock.now() / 1000)),
      secret: this.secrets.secret ?? '',
      secret2: this.secrets.secret2 ?? '',
    };
  }
}

/** The host is never a matter of values: what stands before the path is taken as written. */
function fillInAddress(url: string, values: Values): string {
  const [, origin, rest] = /^(https?:\/\/[^/?#]+)(.*)$/.exec(url) ?? [];
  return origin === undefined ? url : origin + fillIn(rest!, values, escapes.url);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
