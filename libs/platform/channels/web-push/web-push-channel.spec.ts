import { Outbound, parseAllowedHosts } from '@sc/platform/egress';
import { FakeClock } from '../../clock/fake-clock.js';
import { aMessage, channelConformance } from '../channel.conformance.js';
import type { Destination } from '../channel.js';
import { hostsOf } from '../open-channel.js';
import { FakePushService } from './fake-push-service.js';
import { makeVapidKeys, WebPushChannel } from './web-push-channel.js';

const keys = makeVapidKeys();
const vapid = { ...keys, subject: 'mailto:admin@community.example' };
const clock = new FakeClock();

async function start() {
  const service = await FakePushService.start(() => keys.publicKey);
  const channel = new WebPushChannel(vapid, new Outbound(parseAllowedHosts(service.host), clock), clock);
  const { endpoint, keys: browser } = service.subscription;
  const destination: Destination = { to: 'browser', locale: 'en', endpoint, ...browser };
  const stop = async () => {
    await channel.close();
    await service.stop();
  };
  return { service, channel, destination, stop };
}

channelConformance('Web Push', async () => {
  const { service, channel, destination } = await start();
  return {
    channel,
    destination,
    wrong: { to: 'group', locale: 'en' },
    told: () =>
      service.shown.map(({ payload, topic }) => ({ text: `${payload['title']} ${payload['body']}`, key: topic })),
    behave: (how) => {
      service.refusal = how === 'well' ? undefined : { status: how === 'busy' ? 429 : 413 };
    },
    away: () => service.stop(),
    secrets: [keys.privateKey, 'secret-capability'],
    stop: () => service.stop(),
  };
});

describe('Web Push', () => {
  let s: Awaited<ReturnType<typeof start>>;
  beforeEach(async () => {
    s = await start();
  });
  afterEach(() => s.stop());

  it('says how long, how urgent and what it replaces', async () => {
    const expiresAt = clock.now() + 3_600_000;
    await s.channel.deliver(aMessage({ expiresAt }), s.destination);
    await s.channel.deliver(
      aMessage({ severity: 'minor', topic: '0199f3a2-0000-7000-8000-00000000000f' }),
      s.destination,
    );
    expect(s.service.shown).toMatchObject([
      {
        ttl: 3600,
        urgency: 'high',
        topic: '0199f3a27c1e7b0a9d7e0c3f5a1b2c4d',
        payload: { path: '/work-orders/1', severity: 'severe' },
      },
      { ttl: 28 * 86_400, urgency: 'normal', topic: '0199f3a200007000800000000000000f' },
    ]);
  });

  it('what has expired is not sent', async () => {
    expect(await s.channel.deliver(aMessage({ expiresAt: clock.now() - 1000 }), s.destination)).toEqual({
      outcome: 'refused',
      reason: 'expired',
    });
    expect(s.service.requests).toBe(0);
  });

  it.each([404, 410])('a subscription that is no more (%s) is said to be gone', async (status) => {
    s.service.refusal = { status };
    expect(await s.channel.deliver(aMessage(), s.destination)).toEqual({
      outcome: 'refused',
      reason: `http-${status}`,
      gone: true,
    });
  });

  it('keys that are none make no error', async () => {
    const outcome = await s.channel.deliver(aMessage(), { ...s.destination, p256dh: 'A'.repeat(87) } as Destination);
    expect(outcome).toMatchObject({ outcome: 'refused', gone: true });
  });

  it('another site’s keys are refused by the service: the test service does check', async () => {
    const other = new WebPushChannel(
      { ...vapid, ...makeVapidKeys() },
      new Outbound(parseAllowedHosts(s.service.host), clock),
      clock,
    );
    expect(await other.deliver(aMessage(), s.destination)).toEqual({ outcome: 'refused', reason: 'http-403' });
    await other.close();
  });

  it('a long text fits into what services take', async () => {
    const long = { 'zh-CN': '长'.repeat(3000), en: 'x'.repeat(9000) };
    expect(
      await s.channel.deliver(aMessage({ title: long, body: long }), { ...s.destination, locale: 'zh-CN' }),
    ).toEqual({ outcome: 'delivered' });
  });
});

it('asks the known push services and listed ones, and nobody else', () => {
  const hosts = hostsOf('web-push', { NOTIFY_HOSTS: 'push.example:8443' });
  for (const host of [
    'fcm.googleapis.com:443',
    'wns2-db5p.notify.windows.com:443',
    'web.push.apple.com:443',
    'push.example:8443',
  ])
    expect([host, hosts.has(host)]).toEqual([host, true]);
  for (const host of [
    'fcm.googleapis.com:80',
    'evilnotify.windows.com:443',
    'notify.windows.com.evil.example:443',
    '127.0.0.1:443',
    '169.254.169.254:80',
  ])
    expect([host, hosts.has(host)]).toEqual([host, false]);
});
