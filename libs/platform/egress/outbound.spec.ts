import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '@sc/platform/clock';
import { parseAllowedHosts } from './allowed-hosts.js';
import { Outbound } from './outbound.js';

let server: Server;
let url: string;
let asked: string[];
let answer: (response: ServerResponse, request: IncomingMessage) => void;
let outbound: Outbound;

beforeEach(async () => {
  asked = [];
  answer = (response) => response.end('{"ok":true}');
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    request.resume().on('end', () => answer(response, request));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  url = `http://127.0.0.1:${port}/x`;
  outbound = new Outbound(parseAllowedHosts(`127.0.0.1:${port}`), systemClock);
});
afterEach(async () => {
  await outbound.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
const post = (more: object = {}) => outbound.send({ method: 'POST', url, body: '{}', ...more });

it('gives what was answered, with the wait that was asked for', async () => {
  answer = (response) => response.writeHead(429, { 'retry-after': '7' }).end('slow down');
  expect(await post()).toEqual({ ok: true, status: 429, retryAfterMs: 7000, text: 'slow down' });
  answer = (response) => response.writeHead(503, { 'retry-after': 'Fri, 31 Dec 9999 23:59:59 GMT' }).end();
  expect(await post()).toMatchObject({ status: 503, retryAfterMs: 3_600_000 });
  answer = (response) => response.writeHead(503, { 'retry-after': '-3' }).end();
  expect(await post()).toMatchObject({ status: 503, retryAfterMs: undefined });
});

it('asks nobody who is not listed, and follows no redirect to them', async () => {
  for (const address of ['http://127.0.0.1:1/', 'http://169.254.169.254/latest', 'http://[::1]/', 'file:///etc/passwd'])
    expect(await post({ url: address })).toMatchObject({ ok: false, refused: true });
  expect(asked).toEqual([]);
  answer = (response) => response.writeHead(307, { location: 'http://169.254.169.254/latest/meta-data' }).end();
  expect(await post()).toMatchObject({ ok: true, status: 307 });
  expect(asked).toHaveLength(1);
});

it('reads no endless answer and waits for none', async () => {
  let written = 0;
  answer = (response) => {
    const more = () => {
      while (!response.destroyed && written < 50_000_000) {
        written += 10_000;
        if (!response.write('x'.repeat(10_000))) return void response.once('drain', more);
      }
    };
    more();
  };
  expect(await post()).toEqual({ ok: false, refused: false, reason: 'answer-too-large' });
  expect(written).toBeLessThan(50_000_000);
  answer = (response) => void response.write('{');
  expect(await post({ timeoutMs: 100 })).toEqual({ ok: false, refused: false, reason: 'timeout' });
  answer = () => undefined;
  expect(await post({ timeoutMs: 100 })).toEqual({ ok: false, refused: false, reason: 'timeout' });
});

it('where only the status counts, an answer that never ends is an answer', async () => {
  answer = (response) => void response.writeHead(204).end();
  expect(await post({ ignoreBody: true })).toMatchObject({ ok: true, status: 204, text: '' });
  answer = (response) => void response.writeHead(200).write('and then');
  expect(await post({ ignoreBody: true, timeoutMs: 200 })).toMatchObject({ ok: true, status: 200 });
});

it('tells no address in a reason', async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  expect(await post({ url: `${url}?key=secret` })).toEqual({ ok: false, refused: false, reason: 'econnrefused' });
});
