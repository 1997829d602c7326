import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync } from 'node:zlib';
import fastify, { type FastifyInstance } from 'fastify';
import { compressAnswers } from './compress-answers.js';
import { serveConsole } from './console.js';

const script = 'export const answer = 42;\n'.repeat(200);
let folder: string;
let server: FastifyInstance;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sc-console-'));
  await mkdir(join(folder, 'assets'));
  for (const page of ['index', 'field', 'resident']) await writeFile(join(folder, `${page}.html`), `<p>${page}</p>`);
  await writeFile(join(folder, 'assets/app-1a2b.js'), script);
  await writeFile(join(folder, 'assets/app-1a2b.js.br'), brotliCompressSync(script));
  server = fastify();
  server.addHook('onRequest', async (_, reply) => {
    reply.header('content-security-policy', "default-src 'self';script-src 'self';worker-src 'self'");
  });
  compressAnswers(server);
  server.get('/api/v1/orders', (_, reply) => reply.type('application/json').send(JSON.stringify({ script })));
  server.get('/api/v1/short', () => ({ ok: true }));
  await serveConsole(server, folder);
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const get = (url: string, encodings?: string) =>
  server.inject({ url, ...(encodings ? { headers: { 'accept-encoding': encodings } } : {}) });

it.each([
  ['/', 'index'],
  ['/alarms', 'index'],
  ['/fields', 'index'],
  ['/field', 'field'],
  ['/field.html', 'field'],
  ['/field/orders/1', 'field'],
  ['/r/case', 'resident'],
])('%s is a page of the program %s', async (path, page) => {
  const { body, headers } = await get(path);
  expect(body).toBe(`<p>${page}</p>`);
  expect(headers['cache-control']).toBe('no-cache');
  // WebAssembly reads codes on phones, and nowhere else.
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain(page === 'field' ? "script-src 'self' 'wasm-unsafe-eval';" : "script-src 'self';");
});

it('sends what the build compressed to whoever takes it, for ever, and says that it depends on that', async () => {
  const packed = await get('/assets/app-1a2b.js', 'gzip, deflate, br');
  expect(brotliDecompressSync(packed.rawPayload).toString()).toBe(script);
  expect(packed.headers).toMatchObject({
    'content-encoding': 'br',
    'cache-control': 'public, max-age=31536000, immutable',
    vary: expect.stringMatching(/accept-encoding/i),
  });
  expect(String(packed.headers['content-type'])).toContain('javascript');
  const plain = await get('/assets/app-1a2b.js');
  expect([plain.body, plain.headers['content-encoding']]).toEqual([script, undefined]);
});

it('compresses long answers for whoever takes it, and no others', async () => {
  const packed = await get('/api/v1/orders', 'gzip');
  expect(JSON.parse(gunzipSync(packed.rawPayload).toString())).toEqual({ script });
  expect(Number(packed.headers['content-length'])).toBe(packed.rawPayload.length);
  expect((await get('/api/v1/orders')).json()).toEqual({ script });
  const short = await get('/api/v1/short', 'gzip');
  expect([short.json(), short.headers['content-encoding']]).toEqual([{ ok: true }, undefined]);
});
