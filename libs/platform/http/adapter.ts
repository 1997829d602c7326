import { isIP } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Ids } from '@sc/platform/clock';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemBody } from './problem.js';
import { toProblem } from './to-problem.js';

/** Largest JSON body; files travel as multipart with their own limit. */
const bodyLimitBytes = 1024 * 1024;
/** A client that needs longer than this to send its request is not a person on a bad network but an attack. */
const requestTimeoutMs = 60_000;

/**
 * Fastify as the gateway needs it. The request's id is the correlation id of answer and log.
 * @param trustedProxy address or CIDR range (or several, by comma) whose X-Forwarded-* headers are believed
 * @throws Error in one line when that is neither
 */
export function createHttpAdapter(ids: Ids, trustedProxy?: string): FastifyAdapter {
  const proxies = trustedProxy?.split(',').map((range) => range.trim());
  for (const range of proxies ?? [])
    if (!isRange(range)) throw new Error(`TRUSTED_PROXY: ${range} is no address or CIDR range, such as 172.18.0.0/16.`);
  return new FastifyAdapter({
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: 72_000,
    // Addresses in our limits and logs are those of the socket: a header is what the client claims. Only what the named
    // proxy adds is believed, and of several addresses the last one that is not a proxy's.
    trustProxy: proxies ?? false,
    genReqId: () => ids.next(),
    // Idle keep-alive connections must not hold up a stop.
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
    // Errors of the router itself (a malformed URL) never reach Nest's filters.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      const problem = toProblem(error);
      void reply
        .code(problem.status)
        .type('application/problem+json')
        .send(JSON.stringify(problemBody(problem, request.id)));
    },
  });
}

function isRange(range: string): boolean {
  const [address = '', prefix, more] = range.split('/');
  const longest = isIP(address) === 6 ? 128 : 32;
  return isIP(address) > 0 && more === undefined && (prefix === undefined || isPrefix(prefix, longest));
}

const isPrefix = (prefix: string, longest: number): boolean => /^\d{1,3}$/.test(prefix) && Number(prefix) <= longest;
