import { createHmac } from 'node:crypto';
import { parseAllowedHosts, Outbound } from '@sc/platform/egress';
import { FakeClock } from '../clock/fake-clock.js';
import { aMessage, channelConformance, type ChannelHarness } from './channel.conformance.js';
import type { NotificationChannel } from './channel.js';
import { DingtalkRobotChannel } from './dingtalk/dingtalk-robot-channel.js';
import { FakeHttpServer, type Reply, type ServerRequest } from './fake-http-server.js';
import { FeishuRobotChannel } from './feishu/feishu-robot-channel.js';
import { WecomRobotChannel } from './wecom/wecom-robot-channel.js';

const clock = new FakeClock();
const token = 'robot-token-693a91f6-7d7c-0b7a';
const signingKey = 'SEC-of-the-robot-000000000000';

type How = 'well' | 'busy' | 'refusing';
interface Robot {
  open(baseUrl: string, outbound: Outbound): NotificationChannel;
  /** As the documentation of the service has it: what it answers to a request, checked like the service does. */
  serve(request: ServerRequest, how: How): { reply: Reply; text?: string };
}

const wecom: Robot = {
  open: (baseUrl, outbound) => new WecomRobotChannel({ key: token, baseUrl }, outbound),
  serve: ({ path, query, json, headers }, how) => {
    const answer = (errcode: number, errmsg: string) => ({ reply: { body: { errcode, errmsg } } });
    if (path !== '/cgi-bin/webhook/send' || query.get('key') !== token) return answer(93000, 'invalid webhook url');
    if (how === 'refusing') return answer(93008, `not in group ${token}`);
    if (how === 'busy') return answer(45009, 'api freq out of limit');
    const { msgtype, text } = json() as unknown as { msgtype: string; text: { content: string } };
    if (!headers['content-type']?.startsWith('application/json') || msgtype !== 'text')
      return answer(40008, 'invalid type');
    if (Buffer.byteLength(text.content) > 2048) return answer(40058, 'content exceed max length');
    return { ...answer(0, 'ok'), text: text.content };
  },
};

const dingtalk: Robot = {
  open: (baseUrl, outbound) => new DingtalkRobotChannel({ accessToken: token, signingKey, baseUrl }, outbound, clock),
  serve: ({ path, query, json }, how) => {
    const answer = (errcode: number, errmsg: string) => ({ reply: { body: { errcode, errmsg } } });
    if (path !== '/robot/send' || query.get('access_token') !== token) return answer(300001, 'token is not exist');
    const timestamp = query.get('timestamp') ?? '';
    const expected = createHmac('sha256', signingKey).update(`${timestamp}\n${signingKey}`).digest('base64');
    if (query.get('sign') !== expected) return answer(310000, 'sign not match');
    if (Math.abs(Number(timestamp) - clock.now()) > 3_600_000) return answer(310000, 'invalid timestamp');
    if (how === 'refusing') return answer(400102, 'robot is stopped');
    if (how === 'busy') return answer(130101, 'send too fast');
    const { msgtype, markdown } = json() as unknown as { msgtype: string; markdown: { title: string; text: string } };
    if (msgtype !== 'markdown' || !markdown.title || !markdown.text) return answer(400105, 'unsupported msgtype');
    return { ...answer(0, 'ok'), text: `${markdown.title} ${markdown.text}` };
  },
};

const feishu: Robot = {
  open: (baseUrl, outbound) => new FeishuRobotChannel({ token, signingKey, baseUrl }, outbound, clock),
  serve: ({ path, json }, how) => {
    const answer = (code: number, msg: string) => ({ reply: { body: { code, msg, data: {} } } });
    if (path !== `/open-apis/bot/v2/hook/${token}`)
      return answer(19001, 'param invalid: incoming webhook access token invalid');
    const body = json() as unknown as { timestamp: string; sign: string; msg_type: string; content: { text: string } };
    const expected = createHmac('sha256', `${body.timestamp}\n${signingKey}`).update('').digest('base64');
    const isFresh = Math.abs(Number(body.timestamp) * 1000 - clock.now()) <= 3_600_000;
    if (body.sign !== expected || !isFresh) return answer(19021, 'sign match fail or timestamp is not within one hour');
    if (how === 'refusing') return answer(19024, 'Key Words Not Found');
    if (how === 'busy') return answer(11232, 'frequency limited');
    if (body.msg_type !== 'text' || !body.content.text) return answer(9499, 'Bad Request');
    return { ...answer(0, 'success'), text: body.content.text };
  },
};

async function start(robot: Robot): Promise<ChannelHarness> {
  let how: How = 'well';
  const told: { text: string }[] = [];
  const server = await FakeHttpServer.start((request) => {
    const { reply, text } = robot.serve(request, how);
    if (text !== undefined) told.push({ text });
    return reply;
  });
  return {
    channel: robot.open(server.url, new Outbound(parseAllowedHosts(server.host), clock)),
    destination: { to: 'group', locale: 'en' },
    wrong: { to: 'person', locale: 'en', address: 'somebody' },
    told: () => told,
    behave: (next) => {
      how = next;
    },
    away: () => server.stop(),
    secrets: [token, signingKey],
    stop: () => server.stop(),
  };
}

const robots = { wecom, dingtalk, feishu };
for (const [name, robot] of Object.entries(robots)) channelConformance(`robot of ${name}`, () => start(robot));

it.each(Object.entries(robots))(
  '%s: an answer that is none of theirs is tried again; too often waits',
  async (_, robot) => {
    let reply: Reply = { body: '<html>' };
    const server = await FakeHttpServer.start(() => reply);
    const outbound = new Outbound(parseAllowedHosts(server.host), clock);
    const channel = robot.open(server.url, outbound);
    const send = () => channel.deliver(aMessage(), { to: 'group', locale: 'en' });
    expect(await send()).toEqual({ outcome: 'later', reason: 'unexpected-answer' });
    reply = { body: { errcode: -1, code: -1 } };
    expect(await send()).toEqual({ outcome: 'later', reason: 'code--1' });
    reply = { status: 503, headers: { 'retry-after': '9' } };
    expect(await send()).toEqual({ outcome: 'later', reason: 'http-503', afterMs: 9000 });
    reply = { status: 302, headers: { location: 'http://169.254.169.254/' } };
    expect(await send()).toEqual({ outcome: 'refused', reason: 'http-302' });
    await channel.close();
    await server.stop();
  },
);
