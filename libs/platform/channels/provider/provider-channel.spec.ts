import { Outbound, parseAllowedHosts } from '@sc/platform/egress';
import fc from 'fast-check';
import { channelSettingsSchemas, type ChannelSettings } from '@sc/contracts';
import { FakeClock } from '../../clock/fake-clock.js';
import { aMessage, channelConformance } from '../channel.conformance.js';
import type { Destination } from '../channel.js';
import { FakeHttpServer, type Reply } from '../fake-http-server.js';
import { ProviderChannel } from './provider-channel.js';
import { escapes, fillIn, valueAt } from './template.js';

const clock = new FakeClock();
const secrets = { secret: 'sms-api-key-nobody-may-see', basicPassword: 'basic-password' };
const person: Destination = { to: 'person', locale: 'en', address: '+8613800000000' };

async function start(more: Partial<ChannelSettings<'sms'>> = {}) {
  let reply: Reply = { body: { code: 'OK' } };
  const server = await FakeHttpServer.start(() => reply);
  const settings = channelSettingsSchemas.sms.parse({
    url: `${server.url}/send?id={{id}}`,
    headers: 'X-Api-Key: {{secret}}\nX-Title: {{title}}',
    body: '{"to":"{{phone}}","text":"{{text}}","ref":"{{id}}"}',
    successPointer: '/code',
    successValue: 'OK',
    retryValues: 'BUSY, LIMIT',
    ...more,
  });
  const channel = new ProviderChannel(settings, secrets, new Outbound(parseAllowedHosts(server.host), clock), clock);
  const answer = (next: Reply) => {
    reply = next;
  };
  return { server, channel, answer, secrets };
}

channelConformance('SMS and voice through a provider', async () => {
  const { server, channel, answer } = await start();
  let how = 'well';
  const good: boolean[] = [];
  const deliver = channel.deliver.bind(channel);
  channel.deliver = async (message, destination) => {
    const before = server.requests.length;
    const outcome = await deliver(message, destination);
    if (server.requests.length > before) good.push(how === 'well');
    return outcome;
  };
  return {
    channel,
    destination: person,
    wrong: { to: 'group', locale: 'en' },
    told: () =>
      server.requests
        .filter((_, n) => good[n])
        .map(({ json }) => json() as unknown as { text: string; ref: string })
        .map(({ text, ref }) => ({ text, key: ref })),
    behave: (next) => {
      how = next;
      answer({ body: { code: { well: 'OK', busy: 'BUSY', refusing: 'BLACKLISTED' }[next], hint: secrets.secret } });
    },
    away: () => server.stop(),
    secrets: Object.values(secrets),
    stop: () => server.stop(),
  };
});

it('sends what the template says: address, headers, body', async () => {
  const { server, channel } = await start({ basicUser: 'me' });
  await channel.deliver(aMessage(), person);
  const [{ query, headers, json, method }] = server.requests as [(typeof server.requests)[0]];
  expect([method, query.get('id'), headers['x-api-key']]).toEqual(['POST', aMessage().key, secrets.secret]);
  expect(headers['content-type']).toBe('application/json; charset=utf-8');
  expect(headers.authorization).toBe(`Basic ${Buffer.from('me:basic-password').toString('base64')}`);
  expect(json()).toEqual({ to: '+8613800000000', text: 'New work order WO-000123 Smoke alarm', ref: aMessage().key });
  await channel.close();
  await server.stop();
});

it.each(['13800000000', '+0123456789', '+86 138', '+861380000000012345', "+86138';--"])(
  'calls nobody at %s',
  async (address) => {
    const { server, channel } = await start();
    expect(await channel.deliver(aMessage(), { ...person, address })).toEqual({
      outcome: 'refused',
      reason: 'phone-malformed',
    });
    expect(server.requests).toEqual([]);
    await channel.close();
    await server.stop();
  },
);

it('a placeholder in the host asks nobody', async () => {
  const { channel, server } = await start({ url: 'http://{{secret}}.evil.example/' });
  expect(await channel.deliver(aMessage(), person)).toMatchObject({ outcome: 'refused' });
  await channel.close();
  await server.stop();
});

it('values stay values wherever they stand', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      const values = { a, b };
      expect(JSON.parse(fillIn('{"x":"{{a}}","y":["{{ b }}"]}', values, escapes.json))).toEqual({ x: a, y: [b] });
      if (a.isWellFormed() && b.isWellFormed()) {
        const query = new URLSearchParams(fillIn('x={{a}}&y={{b}}', values, escapes.url));
        expect([...query]).toEqual([
          ['x', a],
          ['y', b],
        ]);
      }
      expect(fillIn('{{a}}', values, escapes.header)).toMatch(/^[\x20-\x7e]*$/);
    }),
  );
  expect(fillIn('{{constructor}}{{nobody}}', {}, escapes.none)).toBe('');
});

it('reads a JSON pointer and nothing behind it', () => {
  const document = { a: { 'b/c': [{ d: 0 }] }, e: null };
  expect(valueAt(document, '/a/b~1c/0/d')).toBe('0');
  for (const pointer of ['/a', '/e', '/x', '/a/constructor', '/a/b~1c/length/0'])
    expect(valueAt(document, pointer)).toBeUndefined();
});
