import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import type { Settings } from '@sc/platform/config';
import { registerCsvBody, registerGeoJsonBody } from '@sc/platform/csv';
import { measureRequests } from '@sc/platform/health';
import { ProblemError, sendProblem } from '@sc/platform/http';
import { apiDocument } from './api-document.js';
import { compressAnswers } from './compress-answers.js';
import { serveConsole } from './console.js';
import { contentSecurityPolicy } from './content-security-policy.js';
import { refusals } from './refusals.js';

export const apiPrefix = 'api/v1';
const largestFileBytes = 10 * 1024 * 1024;
const changing = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Makes an application made with `createHttpAdapter` into the gateway: prefix, cookies, uploads, security headers,
 * documentation and the console. Call it once, before `app.init()` or `app.listen()`.
 * @param consoleFolder absolute path of the built console
 */
export async function configureGateway(
  app: NestFastifyApplication,
  settings: Settings,
  consoleFolder: string,
): Promise<void> {
  const instance = app.getHttpAdapter().getInstance();
  app.setGlobalPrefix(apiPrefix, { exclude: ['healthz', 'readyz', 'metrics'] });

  const publicUrl = settings.PUBLIC_URL ? new URL(settings.PUBLIC_URL) : undefined;
  const https = publicUrl?.protocol === 'https:';
  app.useSecurityHeaders({
    contentSecurityPolicy: contentSecurityPolicy(https),
    // Told only to browsers that come by https: over http it would be a lie that browsers ignore.
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    xFrameOptions: { action: 'deny' },
  });
  // Together with SameSite=Strict: another site can neither carry the cookie nor send a request that changes something.
  app.enableCsrfProtection({ trustedOrigins: publicUrl ? [publicUrl.origin] : [] });

  await app.register(cookie);
  await app.register(multipart, {
    limits: { fileSize: largestFileBytes, files: 1, fields: 10, fieldSize: 4096, parts: 11 },
  });
  registerCsvBody(instance);
  registerGeoJsonBody(instance);
  // A plain HTML form of another site can send text/plain and urlencoded without being asked first; we take neither.
  instance.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    if (!changing.has(request.method) || isOurMediaType(request.headers['content-type'])) return done();
    sendProblem(reply, new ProblemError('unsupported-media', refusals.otherMediaType));
  });
  instance.addHook('onSend', async (request, reply, payload) => {
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    return payload;
  });
  compressAnswers(instance);
  measureRequests(instance);

  SwaggerModule.setup('api/docs', app, () => apiDocument(app), {
    jsonDocumentUrl: 'api/docs-json',
    yamlDocumentUrl: 'api/docs-yaml',
  });
  await serveConsole(instance, consoleFolder);
}

/** Without a body there is no type to check. */
function isOurMediaType(type: string | undefined): boolean {
  return (
    type === undefined ||
    /^(application\/json|multipart\/form-data|text\/csv|application\/geo\+json)\s*(;|$)/i.test(type)
  );
}
