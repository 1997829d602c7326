import { connect } from 'node:net';
import type { ChannelSettings, Severity } from '@sc/contracts';
import { type AllowedHosts, safeLookup } from '@sc/platform/egress';
import { createTransport } from 'nodemailer';
import type { SMTPPoolOptions } from 'nodemailer/lib/smtp-pool';
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
import { plainText } from '../wording.js';

type Settings = ChannelSettings<'e-mail'>;
type Transport = ReturnType<typeof open>;

export interface EMailLimits {
  /** Of one step: connecting, a greeting, silence. */
  stepMs: number;
  /** Of the whole delivery: a server that trickles its replies never comes to the end of a step. */
  wholeMs: number;
}
const usual: EMailLimits = { stepMs: 8_000, wholeMs: 20_000 };

/** Mail through one server over few connections that are kept open. */
export class EMailChannel implements NotificationChannel {
  private transport: Transport | undefined;

  constructor(
    private readonly settings: Settings,
    private readonly password: string | undefined,
    private readonly allowed: AllowedHosts,
    private readonly limits: EMailLimits = usual,
  ) {}

  async deliver(message: ChannelMessage, destination: Destination): Promise<Outcome> {
    if (destination.to !== 'person') return unreachable;
    const { host, port, from } = this.settings;
    if (!this.allowed.has(`${host.toLowerCase()}:${port}`)) return refused('host-not-allowed');
    this.transport ??= open(this.settings, this.password, this.limits);
    const { locale, address } = destination;
    try {
      const sending = this.transport.sendMail({
        from,
        // an object, so that an address that is a list stays one wrong address
        to: { name: '', address },
        subject: message.title[locale],
        text: plainText(message, locale),
        // the same in every attempt: mail programs show a repeat once
        messageId: `<${message.key}@${domainOf(from)}>`,
        priority: priorityOf(message.severity),
        // nobody's holiday answers us (RFC 3834)
        headers: { 'auto-submitted': 'auto-generated' },
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      await this.within(sending);
      return delivered;
    } catch (error) {
      return outcomeOf(error);
    }
  }

  async close(): Promise<void> {
    this.transport?.close({ force: true });
    this.transport = undefined;
  }

  private async within(sending: Promise<unknown>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(Object.assign(new Error('too slow'), { code: 'timeout' })), this.limits.wholeMs);
    });
    try {
      await Promise.race([sending, limit]);
    } catch (error) {
      sending.catch(() => undefined);
      if ((error as { code?: string }).code === 'timeout') await this.close();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Connections at once, and messages over one of them before it is made anew. */
const most = { maxConnections: 2, maxMessages: 100 };

function open(
  { host, port, security, user, certificateAuthority }: Settings,
  password: string | undefined,
  { stepMs }: EMailLimits,
) {
  const options: SMTPPoolOptions & { pool: true } = {
    pool: true,
    ...most,
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user ? { auth: { user, pass: password ?? '' } } : {}),
    connectionTimeout: stepMs,
    greetingTimeout: stepMs,
    socketTimeout: stepMs,
    tls: { servername: host, minVersion: 'TLSv1.2', ...(certificateAuthority ? { ca: certificateAuthority } : {}) },
    // our own socket: the name is resolved once and never leads to this machine by another name
    getSocket: (_options, callback) => {
      const socket = connect({ host, port, lookup: safeLookup, timeout: stepMs });
      const fail = (error: Error) => {
        socket.destroy();
        callback(error);
      };
      socket.once('error', fail);
      socket.once('timeout', () => fail(Object.assign(new Error('no connection'), { code: 'ETIMEDOUT' })));
      socket.once('connect', () => {
        socket.removeAllListeners().setTimeout(0);
        callback(null, { connection: socket });
      });
    },
  };
  return createTransport(options);
}

/** The reply's class decides (RFC 5321, 4.2.1); its text is theirs and stays there. */
function outcomeOf(error: unknown): Outcome {
  const { responseCode, permanent, originalCode, code } = error as {
    responseCode?: number;
    permanent?: boolean;
    originalCode?: string;
    code?: string;
  };
  if (responseCode) return permanent ? refused(`smtp-${responseCode}`) : later(`smtp-${responseCode}`);
  const word = (originalCode ?? code ?? 'unreachable').toLowerCase().replaceAll('_', '-');
  return later(/^[a-z0-9-]{1,60}$/.test(word) ? word : 'unreachable');
}

const priorityOf = (severity: Severity) => (severity === 'extreme' || severity === 'severe' ? 'high' : 'normal');
const domainOf = (from: string): string => /@([A-Za-z0-9.-]+)>?$/.exec(from)?.[1] ?? 'smart-community.invalid';
