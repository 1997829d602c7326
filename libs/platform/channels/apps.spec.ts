import { parseAllowedHosts, Outbound } from '@sc/platform/egress';
import { FakeClock } from '../clock/fake-clock.js';
import { aMessage, channelConformance, type ChannelHarness } from './channel.conformance.js';
import type { Destination, NotificationChannel } from './channel.js';
import { DingtalkAppChannel } from './dingtalk/dingtalk-app-channel.js';
import { FakeHttpServer, type Reply, type ServerRequest } from './fake-http-server.js';
import { FeishuAppChannel } from './feishu/feishu-app-channel.js';
import { WecomAppChannel } from './wecom/wecom-app-channel.js';

const secret = 'app-secret-that-nobody-may-see';
const clock = new FakeClock();
type How = 'well' | 'busy' | 'refusing';
interface Told {
  text: string;
  key?: string;
}
interface Service {
  open(baseUrl: string, outbound: Outbound): NotificationChannel;
  /** The code with which the service refuses a token. */
  serve(request: ServerRequest, how: How, tokens: Tokens, tell: (told: Told) => void): Reply;
}
/** Two hours, as all three services have it. */
class Tokens {
  issued = 0;
  private valid = '';
  issue(): string {
    this.issued += 1;
    this.valid = `token-${this.issued}`;
    return this.valid;
  }
  knows(token: string | null | undefined): boolean {
    return token === this.valid;
  }
  revoke(): void {
    this.valid = 'none';
  }
}

const wecom: Service = {
  open: (baseUrl, outbound) =>
    new WecomAppChannel({ corpId: 'ww1', agentId: 1000002, secret, baseUrl }, outbound, clock),
  serve: ({ path, query, json }, how, tokens, tell) => {
    const answer = (errcode: number, more: object = {}): Reply => ({
      body: { errcode, errmsg: `hint ${secret}`, ...more },
    });
    if (path === '/cgi-bin/gettoken') {
      if (query.get('corpid') !== 'ww1' || query.get('corpsecret') !== secret) return answer(40001);
      return answer(0, { access_token: tokens.issue(), expires_in: 7200 });
    }
    if (!tokens.knows(query.get('access_token'))) return answer(42001);
    if (how === 'busy') return answer(45009);
    const body = json() as unknown as Record<string, unknown> & { text: { content: string } };
    if (how === 'refusing') return answer(0, { invaliduser: body['touser'] });
    expect(body).toMatchObject({ touser: 'zhang.wei', msgtype: 'text', agentid: 1000002, enable_duplicate_check: 1 });
    tell({ text: body.text.content });
    return answer(0, { msgid: 'm1' });
  },
};
const dingtalk: Service = {
  open: (baseUrl, outbound) =>
    new DingtalkAppChannel({ appKey: 'ding1', appSecret: secret, agentId: 7, baseUrl }, outbound, clock),
  serve: ({ path, query, json }, how, tokens, tell) => {
    const answer = (errcode: number, more: object = {}): Reply => ({ body: { errcode, errmsg: 'hint', ...more } });
    if (path === '/gettoken') {
      if (query.get('appkey') !== 'ding1' || query.get('appsecret') !== secret) return answer(40089);
      return answer(0, { access_token: tokens.issue(), expires_in: 7200 });
    }
    if (path !== '/topapi/message/corpconversation/asyncsend_v2') return { status: 404 };
    if (!tokens.knows(query.get('access_token')))
      return answer(88, { sub_code: '40014', sub_msg: 'invalid access_token' });
    if (how === 'busy') return answer(88, { sub_code: '90018' });
    if (how === 'refusing') return answer(33012);
    const body = json() as unknown as {
      agent_id: number;
      userid_list: string;
      msg: { markdown: { title: string; text: string } };
    };
    expect([body.agent_id, body.userid_list]).toEqual([7, 'zhang.wei']);
    tell({ text: `${body.msg.markdown.title} ${body.msg.markdown.text}` });
    return answer(0, { task_id: 1 });
  },
};
const feishu: Service = {
  open: (baseUrl, outbound) =>
    new FeishuAppChannel({ appId: 'cli_1', appSecret: secret, receiveIdType: 'open_id', baseUrl }, outbound, clock),
  serve: ({ path, query, json, headers }, how, tokens, tell) => {
    const answer = (code: number, more: object = {}, status = 200): Reply => ({
      status,
      body: { code, msg: 'hint', ...more },
    });
    const body = json() as unknown as Record<string, string>;
    if (path === '/open-apis/auth/v3/tenant_access_token/internal') {
      if (body['app_id'] !== 'cli_1' || body['app_secret'] !== secret) return answer(10014);
      return answer(0, { tenant_access_token: tokens.issue(), expire: 7200 });
    }
    if (!tokens.knows(headers.authorization?.replace('Bearer ', ''))) return answer(99991663, {}, 400);
    if (how === 'busy') return answer(99991400, {}, 429);
    if (how === 'refusing') return answer(230013, {}, 400);
    expect(query.get('receive_id_type')).toBe('open_id');
    expect(body['receive_id']).toBe('zhang.wei');
    tell({ text: (JSON.parse(body['content']!) as { text: string }).text, key: body['uuid']! });
    return answer(0, { data: { message_id: 'om_1' } });
  },
};
const services = { wecom, dingtalk, feishu };
const person: Destination = { to: 'person', locale: 'en', address: 'zhang.wei' };

async function start(service: Service): Promise<ChannelHarness & { tokens: Tokens; server: FakeHttpServer }> {
  let how: How = 'well';
  const told: Told[] = [];
  const tokens = new Tokens();
  const server = await FakeHttpServer.start((request) => service.serve(request, how, tokens, (one) => told.push(one)));
  return {
    channel: service.open(server.url, new Outbound(parseAllowedHosts(server.host), clock)),
    tokens,
    server,
    destination: person,
    wrong: { to: 'group', locale: 'en' },
    told: () => told,
    behave: (next) => {
      how = next;
    },
    away: () => server.stop(),
    secrets: [secret, 'token-1'],
    stop: () => server.stop(),
  };
}

for (const [name, service] of Object.entries(services)) channelConformance(`app of ${name}`, () => start(service));

describe.each(Object.entries(services))('the token of an app of %s', (_, service) => {
  let h: Awaited<ReturnType<typeof start>>;
  const send = () => h.channel.deliver(aMessage(), person);
  beforeEach(async () => {
    h = await start(service);
  });
  afterEach(async () => {
    await h.channel.close();
    await h.stop();
  });

  it('is asked for once by many, kept, renewed before it ends, and once when it is refused', async () => {
    await Promise.all(Array.from({ length: 5 }, send));
    expect([h.tokens.issued, (await h.told()).length]).toEqual([1, 5]);
    clock.advance(6_000_000);
    await send();
    expect(h.tokens.issued).toBe(1);
    clock.advance(1_000_000);
    await send();
    expect(h.tokens.issued).toBe(2);
    h.tokens.revoke();
    expect(await send()).toEqual({ outcome: 'delivered' });
    expect([h.tokens.issued, (await h.told()).length]).toEqual([3, 8]);
  });

  it('that is refused again and again ends the attempt', async () => {
    const issue = h.tokens.issue.bind(h.tokens);
    h.tokens.issue = () => {
      const token = issue();
      h.tokens.revoke();
      return token;
    };
    expect(await send()).toEqual({ outcome: 'later', reason: 'token-refused' });
    expect(h.server.requests).toHaveLength(4);
  });
});

it.each([
  [wecom, 'a|b'],
  [wecom, '@all'],
  [dingtalk, 'a,b'],
])('does not take a list for a person', async (service, address) => {
  const h = await start(service);
  expect(await h.channel.deliver(aMessage(), { ...person, address } as Destination)).toEqual({
    outcome: 'refused',
    reason: 'address-malformed',
  });
  expect(h.server.requests).toEqual([]);
  await h.channel.close();
  await h.stop();
});
