import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { PlatformClient, RefusedError } from './platform-client.js';

const session = {
  person: {
    id: '01890000-0000-7000-8000-000000000001',
    login: 'admin',
    name: 'A',
    role: 'admin',
    areaId: 'd1',
    locale: 'en',
  },
  expiresAt: '2026-01-01T00:00:00.000Z',
  passwordInitial: false,
};
const json = (response: ServerResponse, status: number, body: unknown, headers = {}) =>
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

describe('PlatformClient', () => {
  let server: Server;
  let client: PlatformClient;

  beforeEach(async () => {
    server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
      if (pathname === '/api/v1/session')
        return json(response, 200, session, { 'set-cookie': 'sc_session=token; Path=/; HttpOnly; SameSite=Strict' });
      if (request.headers.cookie !== 'sc_session=token')
        return json(response, 401, { type: 'x', title: 'x', status: 401, code: 'not-authenticated' });
      if (pathname === '/api/v1/numbers') {
        const from = Number(searchParams.get('cursor') ?? 0);
        return json(response, 200, { items: [from, from + 1], nextCursor: from < 4 ? String(from + 2) : null });
      }
      if (pathname === '/api/v1/endless') return json(response, 200, { items: [], nextCursor: 'more' });
      if (pathname === '/api/v1/stream') {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(`: hello\n\nid: ${String(request.headers['last-event-id'])}\nevent: alarm.raised.v1\nda`);
        setImmediate(() => response.write('ta: {"a":\ndata: "火"}\n\nevent: nothing\n\n'));
        return undefined;
      }
      return json(response, 500, 'not a problem');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    client = new PlatformClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('says why it was refused, then keeps the cookie of its login', async () => {
    await expect(client.all(z.number(), '/numbers')).rejects.toMatchObject({
      status: 401,
      problem: { code: 'not-authenticated' },
    });
    await client.login('admin', 'password');
    expect(await client.all(z.number(), '/numbers')).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('gives up a list without end, and an answer that is not what was agreed', async () => {
    await client.login('admin', 'password');
    await expect(client.all(z.number(), '/endless')).rejects.toThrow('no end');
    await expect(client.all(z.string(), '/numbers')).rejects.toThrow(z.ZodError);
    await expect(client.get(z.unknown(), '/broken')).rejects.toThrow(RefusedError);
  });

  it('reads the live stream frame by frame, however it is cut, and ends when told', async () => {
    await client.login('admin', 'password');
    const stop = new AbortController();
    const seen = [];
    for await (const event of client.stream(stop.signal, '41')) {
      seen.push(event);
      stop.abort();
    }
    expect(seen).toEqual([{ id: '41', type: 'alarm.raised.v1', data: '{"a":\n"火"}' }]);
  });
});
