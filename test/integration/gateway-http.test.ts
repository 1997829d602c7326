import { startGateway, type TestGateway } from '../support/gateway.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  await gateway.person('op', 'operator', 'c1');
}, 60_000);
afterAll(() => gateway.stop(), 60_000);

const origin = { origin: 'https://evil.example' };

describe('every answer', () => {
  it('names its request, and refusals are problem details', async () => {
    const answer = await gateway.call('GET', 'session');
    expect(answer.status).toBe(401);
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(answer.body).toMatchObject({
      status: 401,
      code: 'not-authenticated',
      type: 'urn:smart-community:problem:not-authenticated',
      detail: 'log in first',
      text: { en: 'log in first', 'zh-CN': '请先登录' },
    });
    expect(answer.headers.get('x-request-id')).toBe(answer.body.correlationId);
  });

  it.each([
    ['GET', 'nothing-here', 404, 'not-found'],
    ['POST', 'nothing-here', 404, 'not-found'],
    ['GET', '/api', 404, 'not-found'],
    ['GET', '/api/v2/session', 404, 'not-found'],
    ['GET', '/api/v1/%zz', 400, 'invalid-request'],
  ])('%s %s is refused with %s %s', async (method, path, status, code) => {
    const answer = await gateway.call(method, path);
    expect(answer.body).toMatchObject({ code });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body.correlationId).toBeDefined();
    // What the server itself refuses has words for people too.
    expect(answer.body.text).toEqual({ en: answer.body.detail, 'zh-CN': expect.stringMatching(/\p{Script=Han}/u) });
  });

  it('of an absurdly long address is a refusal too', async () => {
    const answer = await gateway.call('GET', `devices/c1/${'x'.repeat(5000)}`);
    expect([400, 404, 414]).toContain(answer.status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it('carries headers that keep scripts of others out', async () => {
    const { headers } = await gateway.call('GET', '/');
    const policy = headers.get('content-security-policy')!;
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("worker-src 'self' blob:");
    expect(/script-src[^;]*unsafe/.test(policy)).toBe(false);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect((await gateway.call('GET', 'session')).headers.get('cache-control')).toBe('no-store');
  });

  it('answers health, readiness and metrics without a login', async () => {
    expect((await gateway.call('GET', '/healthz')).status).toBe(200);
    const ready = await gateway.call('GET', '/readyz');
    expect(ready.status).toBe(200);
    expect(ready.body).toEqual({ status: 'ok', checks: { database: { status: 'up' } } });
    const { body } = await gateway.call('GET', '/metrics');
    expect(body).toContain('sc_http_request_duration_seconds_bucket');
    expect(body).toContain('process_cpu_user_seconds_total');
  });

  it('says when the console is not built', async () => {
    const answer = await gateway.call('GET', '/alarms');
    expect(answer.status).toBe(503);
    expect(answer.body).toContain('npm run build');
  });
});

describe('requests that change something', () => {
  const body = { login: 'op', password: 'password-op' };

  it('from another site are refused', async () => {
    for (const headers of [
      origin,
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'null' },
    ]) {
      const answer = await gateway.call('POST', 'session', { body, headers });
      expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
    }
    const own = await gateway.call('POST', 'session', { body, headers: { origin: gateway.url } });
    expect(own.status).toBe(200);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', 'nonsense'])(
    'as %s are refused',
    async (type) => {
      const answer = await gateway.call('POST', 'session', { body, headers: { 'content-type': type } });
      expect([answer.status, answer.body.code]).toEqual([415, 'unsupported-media']);
    },
  );

  it('that are too large or broken are refused', async () => {
    const large = await gateway.call('POST', 'session', { body: { login: 'x', password: 'x'.repeat(2_000_000) } });
    expect([large.status, large.body.code]).toEqual([413, 'too-large']);
    for (const broken of [
      '{',
      '{"login":',
      '[]',
      'null',
      '"x"',
      '{"__proto__":{"role":"admin"},"login":"a","password":"b"}',
    ]) {
      const answer = await gateway.call('POST', 'session', { body: broken });
      expect([400, 401]).toContain(answer.status);
      expect(['invalid-request', 'wrong-credentials']).toContain(answer.body.code);
    }
  });

  it('say where they are wrong', async () => {
    const answer = await gateway.call('POST', 'session', { body: { login: '', extra: 1 } });
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map((error: { path: string }) => error.path)).toEqual(['login', 'password']);
    for (const { message, text } of answer.body.errors)
      expect(text).toEqual({ en: message, 'zh-CN': expect.stringMatching(/\p{Script=Han}/u) });
  });
});

describe('the documentation', () => {
  it('is served', async () => {
    const page = await gateway.call('GET', '/api/docs');
    expect(page.status).toBe(200);
    // The policy refuses scripts written into the page.
    expect(page.body).not.toMatch(/<script>/);
    const { body } = await gateway.call('GET', '/api/docs-json');
    expect(body.openapi).toBe('3.1.0');
    expect(body.paths['/api/v1/session'].post.responses['200'].content['application/json'].schema).toEqual({
      $ref: '#/components/schemas/Session',
    });
  });
});
