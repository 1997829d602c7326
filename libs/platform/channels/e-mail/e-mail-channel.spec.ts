import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { type ChannelSettings, channelSettingsSchemas } from '@sc/contracts';
import { systemClock } from '@sc/platform/clock';
import { parseAllowedHosts } from '@sc/platform/egress';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { makeRoot, makeServer, type Pair } from '../../tls/make-certificate.js';
import { permittedFor } from '../../tls/name-constraints.js';
import { aMessage, channelConformance } from '../channel.conformance.js';
import type { Destination } from '../channel.js';
import { EMailChannel, type EMailLimits } from './e-mail-channel.js';

const password = 'smtp-password-nobody-may-see';
const person: Destination = { to: 'person', locale: 'en', address: 'officer@community.example' };
const patient: EMailLimits = { stepMs: 5_000, wholeMs: 10_000 };

let root: Pair;
let certificate: Pair;
beforeAll(async () => {
  root = await makeRoot(systemClock.now(), permittedFor({ dns: ['localhost'], ip: [] }));
  certificate = await makeServer(systemClock.now(), root, { dns: ['localhost'], ip: [] });
});

interface Mail {
  to: string[];
  raw: string;
  secure: boolean;
}

class MailServer {
  readonly mails: Mail[] = [];
  /** Replies to RCPT TO with this instead. */
  reply: { code: number; text: string } | undefined;
  logins = 0;
  connections = 0;
  private readonly server: SMTPServer;

  constructor(options: SMTPServerOptions) {
    this.server = new SMTPServer({
      ...certificate,
      logger: false,
      authOptional: true,
      closeTimeout: 100,
      onConnect: (_, done) => {
        this.connections += 1;
        done();
      },
      onAuth: (auth, _, done) => {
        this.logins += 1;
        if (auth.password === password) done(null, { user: auth.username });
        else done(Object.assign(new Error(`no: ${auth.password}`), { responseCode: 535 }));
      },
      onRcptTo: (_, __, done) => {
        if (this.reply) done(Object.assign(new Error(this.reply.text), { responseCode: this.reply.code }));
        else done();
      },
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const to = session.envelope.rcptTo.map(({ address }) => address);
          this.mails.push({ to, raw: Buffer.concat(chunks).toString('utf8'), secure: session.secure });
          done();
        });
      },
      ...options,
    });
    this.server.on('error', () => undefined);
  }

  async start(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, 'localhost', resolve));
    return (this.server.server.address() as AddressInfo).port;
  }
  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

function open(
  port: number,
  more: Partial<ChannelSettings<'e-mail'>> = {},
  secret = password,
  limits = patient,
): EMailChannel {
  const settings = channelSettingsSchemas['e-mail'].parse({
    host: 'localhost',
    port,
    security: 'tls',
    user: 'platform',
    from: 'Sunny Garden <platform@community.example>',
    certificateAuthority: root.cert,
    ...more,
  });
  return new EMailChannel(settings, secret, parseAllowedHosts(`localhost:${port}`), limits);
}

/** What a mail program shows. */
function read({ raw }: Mail): { text: string; key: string } {
  const [head, ...rest] = raw.split('\r\n\r\n') as [string, ...string[]];
  const unfolded = head.replace(/\r\n[ \t]/g, ' ');
  const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(unfolded)?.[1] ?? '';
  const words = header('subject')
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([qb])\?(.*?)\?=/gi, (_, kind: string, text: string) =>
      kind.toLowerCase() === 'b' ? Buffer.from(text, 'base64').toString('utf8') : quoted(text.replaceAll('_', ' ')),
    );
  const body = rest.join('\r\n\r\n');
  const isBase64 = /base64/i.test(header('content-transfer-encoding'));
  return {
    text: `${words}\n${isBase64 ? Buffer.from(body, 'base64').toString('utf8') : quoted(body)}`,
    key: header('message-id'),
  };
}
const quoted = (text: string) =>
  Buffer.from(
    text.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');

channelConformance('e-mail', async () => {
  const server = new MailServer({ secure: true });
  const channel = open(await server.start());
  return {
    channel,
    destination: person,
    wrong: { to: 'group', locale: 'en' },
    told: () => server.mails.map(read),
    behave: (how) => {
      const replies = {
        well: undefined,
        busy: { code: 451, text: `later ${password}` },
        refusing: { code: 550, text: `never ${password}` },
      };
      server.reply = replies[how];
    },
    away: () => server.stop(),
    secrets: [password],
    stop: () => server.stop(),
  };
});

describe('e-mail', () => {
  let server: MailServer;
  let channel: EMailChannel | undefined;
  afterEach(async () => {
    await channel?.close();
    await server?.stop();
  });
  const send = () => channel!.deliver(aMessage(), person);

  it('goes over one kept connection, logged in once, marked as a machine’s', async () => {
    server = new MailServer({ secure: true });
    channel = open(await server.start());
    for (let n = 0; n < 3; n += 1) expect(await send()).toEqual({ outcome: 'delivered' });
    expect([server.connections, server.logins, server.mails.length]).toEqual([1, 1, 3]);
    expect(server.mails[0]).toMatchObject({ to: ['officer@community.example'], secure: true });
    expect(server.mails[0]!.raw).toMatch(/^Auto-Submitted: auto-generated\r$/im);
    expect(server.mails[0]!.raw).toContain('https://community.example/work-orders/1');
  });

  it('is encrypted after STARTTLS, and a server without it gets nothing', async () => {
    server = new MailServer({ secure: false });
    channel = open(await server.start(), { security: 'starttls' });
    expect(await send()).toEqual({ outcome: 'delivered' });
    expect(server.mails[0]!.secure).toBe(true);
    await channel.close();
    await server.stop();
    server = new MailServer({ secure: false, disabledCommands: ['STARTTLS'] });
    channel = open(await server.start(), { security: 'starttls' });
    expect(await send()).toMatchObject({ outcome: expect.stringMatching(/later|refused/) });
    expect([server.mails.length, server.logins]).toEqual([0, 0]);
  });

  it('believes no certificate that nobody vouches for', async () => {
    server = new MailServer({ secure: true });
    channel = open(await server.start(), { certificateAuthority: undefined });
    expect(await send()).toMatchObject({ outcome: 'later' });
    expect(server.logins).toBe(0);
  });

  it('a wrong password is no for good', async () => {
    server = new MailServer({ secure: true });
    channel = open(await server.start(), {}, 'wrong-password');
    expect(await send()).toEqual({ outcome: 'refused', reason: 'smtp-535' });
  });

  it('an address that is a list is one wrong address', async () => {
    server = new MailServer({ secure: true });
    channel = open(await server.start());
    await channel.deliver(aMessage(), { ...person, address: 'a@community.example, b@evil.example' } as Destination);
    expect(server.mails.flatMap(({ to }) => to)).not.toContain('b@evil.example');
  });

  it('asks no host that is not listed', async () => {
    server = new MailServer({ secure: true });
    const port = await server.start();
    const settings = channelSettingsSchemas['e-mail'].parse({ host: 'localhost', port, from: 'a@b.example' });
    channel = new EMailChannel(settings, undefined, parseAllowedHosts(`mail.example:${port}`));
    expect(await send()).toEqual({ outcome: 'refused', reason: 'host-not-allowed' });
    expect(server.connections).toBe(0);
  });
});

it('a server that trickles its greeting is given up', async () => {
  const sockets: Socket[] = [];
  const slow: Server = createServer((socket) => {
    sockets.push(socket);
    const drip = setInterval(() => socket.write('220-wait\r\n'), 20);
    socket.on('close', () => clearInterval(drip)).on('error', () => undefined);
  });
  await new Promise<void>((resolve) => slow.listen(0, 'localhost', resolve));
  const port = (slow.address() as AddressInfo).port;
  const channel = open(port, { security: 'none', user: undefined }, '', { stepMs: 5_000, wholeMs: 300 });
  expect(await channel.deliver(aMessage(), person)).toMatchObject({ outcome: 'later' });
  await channel.close();
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => slow.close(resolve));
});
