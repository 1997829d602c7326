import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { HttpsListener } from '@sc/apps/gateway';
import { systemIds } from '@sc/platform/clock';
import { createHttpAdapter } from '@sc/platform/http';
import { startGateway, type TestGateway } from '../support/gateway.js';

interface Heard {
  status: number;
  cookie: string;
  body: string;
}

describe('HTTPS', () => {
  let gateway: TestGateway;
  let port: number;
  let root: string;

  beforeAll(async () => {
    // The listener takes a free port here; the setting says only that there is HTTPS.
    gateway = await startGateway({ environment: { HTTPS_PORT: '3443' } });
    port = (await gateway.app.get(HttpsListener, { strict: false }).listen(0, '127.0.0.1'))!;
    await gateway.person('op', 'operator', 'c1');
    const der = await fetch(`${gateway.url}/api/v1/site/root.crt`);
    expect(der.headers.get('content-type')).toBe('application/x-x509-ca-cert');
    root = new X509Certificate(Buffer.from(await der.arrayBuffer())).toString();
  }, 60_000);
  afterAll(() => gateway.stop(), 60_000);

  /** A client that trusts the downloaded root and nothing else. */
  async function ask(
    method: string,
    path: string,
    options: { body?: object; cookie?: string; origin?: string; servername?: string } = {},
  ): Promise<Heard> {
    const { body, cookie, origin, servername = 'localhost' } = options;
    const sent = request({
      host: '127.0.0.1',
      port,
      method,
      path: `/api/v1/${path}`,
      servername,
      ca: root,
      agent: false,
      headers: {
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(cookie ? { cookie } : {}),
        ...(origin ? { origin, host: `localhost:${port}` } : {}),
      },
    });
    sent.end(body && JSON.stringify(body));
    const [answer] = (await once(sent, 'response')) as [import('node:http').IncomingMessage];
    let text = '';
    for await (const chunk of answer) text += String(chunk);
    return { status: answer.statusCode!, cookie: answer.headers['set-cookie']?.[0] ?? '', body: text };
  }

  const credentials = { login: 'op', password: 'password-op' };

  it('carries a whole visit, with a cookie that never travels in the open', async () => {
    const login = await ask('POST', 'session', { body: credentials, origin: `https://localhost:${port}` });
    expect(login.status).toBe(200);
    expect(login.cookie).toContain('Secure');
    const areas = await ask('GET', 'areas', { cookie: login.cookie.split(';')[0]! });
    expect(JSON.parse(areas.body).items.length).toBeGreaterThan(0);
    expect((await ask('POST', 'session', { body: credentials, origin: 'https://evil.example' })).status).toBe(403);
  });

  it('leaves plain HTTP on this machine as it was', async () => {
    const answer = await gateway.call('POST', 'session', { body: credentials });
    expect(answer.status).toBe(200);
    expect(answer.headers.getSetCookie()[0]).not.toContain('Secure');
  });

  it('is refused by a client that asked for another host', async () => {
    await expect(ask('GET', 'site', { servername: 'bank.example' })).rejects.toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
  });

  it('tells its facts, and its addresses only on the machine itself', async () => {
    const site = (await gateway.call('GET', 'site')).body;
    expect(site).toMatchObject({ httpsPort: 3443, ownRoot: true, addresses: expect.any(Array) });
  });

  it('stops the start with one line when the certificate is damaged', async () => {
    const path = join(gateway.dataDir, 'tls', 'root.pem');
    const whole = await readFile(path);
    await writeFile(path, whole.subarray(0, 200));
    const listener = gateway.app.get(HttpsListener, { strict: false });
    await expect(listener.listen(0, '127.0.0.1')).rejects.toThrow(/^[^\n]*root\.pem is damaged[^\n]*$/);
    await rm(path);
    await writeFile(path, whole);
  });
});

describe('behind a proxy', () => {
  const wrong = { login: 'nobody', password: 'x' };
  const attempt = (gateway: TestGateway, forwarded: string) =>
    gateway.call('POST', 'session', { body: wrong, headers: { 'x-forwarded-for': forwarded } });
  const noted = async (gateway: TestGateway) =>
    (await gateway.database.db.selectFrom('securityLog').select('remoteAddress').execute()).map((r) => r.remoteAddress);

  it('believes the forwarded address of the trusted proxy alone, and of it only what the proxy added', async () => {
    const gateway = await startGateway({ environment: { TRUSTED_PROXY: '127.0.0.0/8' } });
    try {
      await attempt(gateway, '203.0.113.7');
      // What the client claimed before stands further to the left.
      await attempt(gateway, '10.1.1.1, 203.0.113.8');
      expect(await noted(gateway)).toEqual(['203.0.113.7', '203.0.113.8']);
      // The limit counts the true addresses: spoofing another one in front does not help, and others are not locked out.
      for (let i = 0; i < 5; i += 1) await attempt(gateway, `10.0.0.${i}, 203.0.113.9`);
      expect((await attempt(gateway, '10.0.0.99, 203.0.113.9')).status).toBe(429);
      expect((await attempt(gateway, '203.0.113.10')).status).toBe(401);
    } finally {
      await gateway.stop();
    }
  }, 60_000);

  it('believes no header without one, nor from another address', async () => {
    for (const environment of [{ TRUSTED_PROXY: '' }, { TRUSTED_PROXY: '192.0.2.1' }]) {
      const gateway = await startGateway({ environment });
      try {
        for (let i = 0; i < 5; i += 1) await attempt(gateway, `203.0.113.${i}`);
        expect((await attempt(gateway, '203.0.113.99')).status).toBe(429);
        expect(new Set(await noted(gateway))).toEqual(new Set(['127.0.0.1']));
      } finally {
        await gateway.stop();
      }
    }
  }, 60_000);

  it('a proxy that speaks https to people gets Secure cookies', async () => {
    const gateway = await startGateway({ environment: { TRUSTED_PROXY: '127.0.0.1' } });
    try {
      await gateway.person('op', 'operator', 'c1');
      const answer = await gateway.call('POST', 'session', {
        body: { login: 'op', password: 'password-op' },
        headers: { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.7' },
      });
      expect(answer.headers.getSetCookie()[0]).toContain('Secure');
    } finally {
      await gateway.stop();
    }
  }, 60_000);

  it('names a setting that is no address', () => {
    for (const wrongRange of ['my-proxy', '10.0.0.0/33', '10.0.0.1/8/2'])
      expect(() => createHttpAdapter(systemIds, wrongRange)).toThrow(/^TRUSTED_PROXY: .* is no address or CIDR range/);
  });
});
