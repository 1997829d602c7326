import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { judgeAddress, parseAllowedHosts } from './allowed-hosts.js';
import { Egress } from './egress.js';
import { mayLeadTo } from './safe-lookup.js';

const limits = { maxBytes: 1000, timeoutMs: 5_000 };
let server: Server;
let port: number;
let asked: string[];
let answer: (response: ServerResponse) => void;
let egress: Egress;

beforeEach(async () => {
  asked = [];
  answer = (response) => response.end('picture');
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
  egress = new Egress({ CAMERA_HOSTS: `127.0.0.1:${port}` });
});
afterEach(async () => {
  await egress.beforeApplicationShutdown();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

it('fetches from an allowed host, and tells it nothing about us', async () => {
  expect(await egress.fetch(`http://127.0.0.1:${port}/a.jpg?x=1#part`, limits)).toEqual({
    ok: true,
    bytes: Buffer.from('picture'),
  });
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatch(/^GET \/a\.jpg\?x=1 /);
  expect(asked[0]).not.toMatch(/cookie|authorization|referer/);
});

it.each([
  (p: number) => `http://localhost:${p}/`,
  (p: number) => `http://127.0.0.1:${p}@evil.example/`,
  (p: number) => `http://user:secret@127.0.0.1:${p}/`,
  (p: number) => `http://@127.0.0.1:${p}/`,
  (p: number) => `http://2130706433:${p}/`,
  (p: number) => `http://0x7f.1:${p}/`,
  (p: number) => `http://0177.0.0.1:${p}/`,
  (p: number) => `http://127.1:${p}/`,
  (p: number) => `http://127.0.0.1.:${p}/`,
  (p: number) => `http://①27.0.0.1:${p}/`,
  (p: number) => `http://127。0。0。1:${p}/`,
  (p: number) => `http://[::ffff:127.0.0.1]:${p}/`,
  (p: number) => `http://[::1]:${p}/`,
  (p: number) => `http://0.0.0.0:${p}/`,
  (p: number) => `http://127.0.0.1:0${p}/`,
  (p: number) => `http:\\\\127.0.0.1:${p}\\`,
  (p: number) => `http:/127.0.0.1:${p}/`,
  (p: number) => `http://127.0.0.1\t:${p}/`,
  (p: number) => ` http://127.0.0.1:${p}/`,
  (p: number) => `http://127.0.0.1:${p}/\r\nX: y`,
  (p: number) => `//127.0.0.1:${p}/`,
  (p: number) => `ftp://127.0.0.1:${p}/`,
  (p: number) => `file:///etc/passwd?127.0.0.1:${p}`,
  (p: number) => `data:image/png;base64,AAAA#127.0.0.1:${p}`,
  (p: number) => `http://127.0.0.1:${p + 1}/`,
  () => 'http://127.0.0.1/',
  () => 'http://169.254.169.254/latest/meta-data/',
  () => '',
  (p: number) => `http://127.0.0.1:${p}/${'a'.repeat(3000)}`,
])('asks nobody for a hostile address %#', async (address) => {
  expect(await egress.fetch(address(port), limits)).toMatchObject({ ok: false, refused: true, retry: false });
  expect(asked).toEqual([]);
});

it('never finds an allowed host in an address that is not written as one', () => {
  const allowed = parseAllowedHosts('cam.example:5000');
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.string(), (url, noise) => {
      for (const one of [
        url,
        noise,
        `http://${noise}`,
        `http://${noise}@cam.example:5000/`,
        `${url}@cam.example:5000`,
      ]) {
        const verdict = judgeAddress(one, allowed);
        if (verdict.ok) expect(one).toMatch(/^https?:\/\/cam\.example:5000([/?#]|$)/i);
      }
    }),
  );
});

it('does not follow a redirect, neither away nor home', async () => {
  for (const location of ['http://127.0.0.1:1/', `http://127.0.0.1:${port}/there`]) {
    asked = [];
    answer = (response) => response.writeHead(302, { location }).end();
    expect(await egress.fetch(`http://127.0.0.1:${port}/here`, limits)).toMatchObject({
      ok: false,
      reason: 'status-302',
      retry: false,
    });
    expect(asked).toHaveLength(1);
  }
});

it('stops reading at the bound, announced or not', async () => {
  answer = (response) => response.writeHead(200, { 'content-length': '5000' }).end('x'.repeat(5000));
  expect(await egress.fetch(`http://127.0.0.1:${port}/`, limits)).toMatchObject({ reason: 'too-large', retry: false });
  let written = 0;
  answer = (response) => {
    const more = () => {
      while (!response.destroyed && written < 50_000_000) {
        written += 10_000;
        if (!response.write('x'.repeat(10_000))) return void response.once('drain', more);
      }
      response.end();
    };
    more();
  };
  expect(await egress.fetch(`http://127.0.0.1:${port}/`, limits)).toMatchObject({ reason: 'too-large' });
  expect(written).toBeLessThan(50_000_000);
  // exactly the bound is not over it
  answer = (response) => response.end('x'.repeat(1000));
  expect(await egress.fetch(`http://127.0.0.1:${port}/`, limits)).toMatchObject({ ok: true });
});

it('gives up on a host that drips, and says which failures may pass', async () => {
  answer = (response) => {
    response.write('x');
  };
  const slow = await egress.fetch(`http://127.0.0.1:${port}/`, { ...limits, timeoutMs: 100 });
  expect(slow).toMatchObject({ ok: false, refused: false, retry: true, reason: 'timeout' });
  for (const [status, retry] of [
    [404, true],
    [503, true],
    [401, false],
    [410, false],
  ] as const) {
    answer = (response) => response.writeHead(status).end();
    expect(await egress.fetch(`http://127.0.0.1:${port}/`, limits)).toMatchObject({ ok: false, status, retry });
  }
});

it('allows nothing when nothing is listed, and the usual ports when no port is', () => {
  expect([...parseAllowedHosts(undefined), ...parseAllowedHosts('')]).toEqual([]);
  expect([...parseAllowedHosts('cam.example,[fd00::1]:5000')]).toEqual([
    'cam.example:80',
    'cam.example:443',
    '[fd00::1]:5000',
  ]);
  const allowed = parseAllowedHosts('cam.example');
  expect(judgeAddress('https://CAM.example/x', allowed).ok).toBe(true);
  expect(judgeAddress('http://cam.example:8080/x', allowed).ok).toBe(false);
  expect(judgeAddress('http://cam.example.evil.example/', allowed).ok).toBe(false);
});

it('does not let a name lead to ourselves or to a metadata service', () => {
  for (const address of [
    '127.0.0.1',
    '127.8.8.8',
    '::1',
    '::',
    '0.0.0.0',
    '169.254.169.254',
    'fe80::1',
    '::ffff:127.0.0.1',
    '239.1.1.1',
    'x',
  ])
    expect([address, mayLeadTo(address)]).toEqual([address, false]);
  for (const address of ['192.168.1.20', '10.0.0.9', 'fd00::1', '203.0.113.9']) expect(mayLeadTo(address)).toBe(true);
});
