import { existsSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import { commonRefusals, ProblemError, sendProblem } from '@sc/platform/http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const notBuilt = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Smart Community</title>
<body><h1>控制台尚未构建 · The console is not built</h1><p>运行 <code>npm run build</code>，然后重新启动 · run <code>npm run build</code>, then start again.
<p><a href="/api/docs">API</a></body></html>`;

/** Vite puts a hash of the content into the names below assets/: they never change. */
const immutable = 'public, max-age=31536000, immutable';

/** Officers' phones and residents have programs of their own; every other address is the desk's. */
const pageOf = (path: string): string =>
  path.startsWith('r/') ? 'resident.html' : path === 'field' || path.startsWith('field/') ? 'field.html' : 'index.html';

/**
 * Serves the built console: its files as they are, compressed as the build left them for whoever takes that, and for every other
 * address the page of its program, whose own router knows what it means. The files are listed once at start, so no request can name
 * another one.
 */
export async function serveConsole(instance: FastifyInstance, folder: string): Promise<void> {
  const built = existsSync(join(folder, 'index.html'));
  const files = new Set(built ? listFiles(folder) : []);
  if (built)
    await instance.register(fastifyStatic, { root: folder, serve: false, cacheControl: false, preCompressed: true });

  instance.get('/*', (request: FastifyRequest, reply: FastifyReply) => {
    const path = pathOf(request);
    if (path === 'api' || path.startsWith('api/'))
      return sendProblem(reply, new ProblemError('not-found', commonRefusals.noRoute));
    if (!built) return reply.code(503).header('cache-control', 'no-store').type('text/html').send(notBuilt);
    const isAsset = path.startsWith('assets/');
    // A missing asset answered with a page would be cached as a broken script.
    if (isAsset && !files.has(path)) return sendProblem(reply, new ProblemError('not-found', commonRefusals.noFile));
    const file = files.has(path) ? path : pageOf(path);
    // Also where the service worker asks for it by its own name: what it keeps is opened later with the policy it came with.
    if (file === 'field.html') allowCodeReader(reply);
    return reply.header('cache-control', isAsset ? immutable : 'no-cache').sendFile(file);
  });
}

/** Phones without a reader of codes bring ours, which is WebAssembly; on no other page is it compiled. */
function allowCodeReader(reply: FastifyReply): void {
  const name = 'content-security-policy';
  const policy = String(reply.getHeader(name) ?? reply.raw.getHeader(name) ?? '');
  if (policy) void reply.header(name, policy.replace(/script-src [^;]*/, "$& 'wasm-unsafe-eval'"));
}

const pathOf = (request: FastifyRequest): string => (request.params as { '*': string })['*'];

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
}
