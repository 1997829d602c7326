import { createHmac } from 'node:crypto';
import { Outbound, parseAllowedHosts } from '@sc/platform/egress';
import { FakeClock } from '../../clock/fake-clock.js';
import { aMessage, channelConformance } from '../channel.conformance.js';
import { FakeHttpServer, type Reply } from '../fake-http-server.js';
import { WebhookChannel } from './webhook-channel.js';

const signingKey = 'a-secret-of-at-least-32-characters!';
const clock = new FakeClock();
const group = { to: 'group', locale: 'en' } as const;

async function start() {
  let reply: Reply = { status: 204 };
  const server = await FakeHttpServer.start(() => reply);
  const outbound = new Outbound(parseAllowedHosts(server.host), clock);
  const channel = new WebhookChannel(
    { url: `${server.url}/hook?token=hidden`, signingKey, timeoutMs: 1_000 },
    outbound,
    clock,
  );
  const answer = (next: Reply) => {
    reply = next;
  };
  return { server, channel, answer };
}

channelConformance('webhook', async () => {
  const { server, channel, answer } = await start();
  let how = 'well';
  const taken = () => server.requests.filter((_, n) => good[n]);
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
    destination: group,
    wrong: { to: 'person', locale: 'en', address: 'x' },
    told: () =>
      taken().map(({ headers, json }) => {
        const { title } = (json() as unknown as { data: { title: Record<string, string> } }).data;
        return { text: `${title['en']} ${title['zh-CN']}`, key: String(headers['webhook-id']) };
      }),
    behave: (next) => {
      how = next;
      answer({ status: { well: 204, busy: 429, refusing: 410 }[next] });
    },
    away: () => server.stop(),
    secrets: [signingKey, 'hidden'],
    stop: () => server.stop(),
  };
});

describe('a webhook', () => {
  let s: Awaited<ReturnType<typeof start>>;
  beforeEach(async () => {
    s = await start();
  });
  afterEach(async () => {
    await s.channel.close();
    await s.server.stop();
  });

  it('gets a CloudEvent whose signature it can verify', async () => {
    const event = { specversion: '1.0', id: 'e1', data: { a: 1 } };
    await s.channel.deliver(aMessage({ event }), group);
    const [{ headers, raw, path, query }] = s.server.requests as [(typeof s.server.requests)[0]];
    expect([path, query.get('token')]).toEqual(['/hook', 'hidden']);
    expect(headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
    expect(JSON.parse(raw.toString())).toEqual(event);
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${raw.toString()}`;
    expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', signingKey).update(signed).digest('base64')}`);
  });

  it.each([301, 302, 307, 308])('that redirects (%s) is refused and not followed', async (status) => {
    s.answer({ status, headers: { location: 'http://169.254.169.254/latest/meta-data' } });
    expect(await s.channel.deliver(aMessage(), group)).toEqual({ outcome: 'refused', reason: `http-${status}` });
    expect(s.server.requests).toHaveLength(1);
  });

  it.each([
    [400, 'refused'],
    [401, 'refused'],
    [410, 'refused'],
    [408, 'later'],
    [429, 'later'],
    [503, 'later'],
  ])('takes %s for %s', async (status, outcome) => {
    s.answer({ status, headers: { 'retry-after': '30' } });
    const expected = { outcome, reason: `http-${status}`, ...(outcome === 'later' ? { afterMs: 30_000 } : {}) };
    expect(await s.channel.deliver(aMessage(), group)).toEqual(expected);
  });

  it('that never answers is given up; of a huge answer the status is enough', async () => {
    s.answer('silence');
    expect(await s.channel.deliver(aMessage(), group)).toEqual({ outcome: 'later', reason: 'timeout' });
    s.answer({ status: 200, body: 'x'.repeat(5_000_000) });
    expect(await s.channel.deliver(aMessage(), group)).toEqual({ outcome: 'delivered' });
  });
});
