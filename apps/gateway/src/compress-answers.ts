import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';

const zip = promisify(gzip);
/** One packet carries less anyway. */
const leastBytes = 1_400;
/** The quickest: what it leaves to the better ones is a tenth, and they take twice as long. */
const level = constants.Z_BEST_SPEED;

/**
 * JSON answers travel compressed to whoever takes that: a list of orders is a tenth of its size, which a phone on a bad network
 * waits for. Streams and files go as they are. No other site can make a browser ask with its cookie (SameSite), so the length of an
 * answer tells none of them anything.
 */
export function compressAnswers(instance: FastifyInstance): void {
  instance.addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string' || payload.length < leastBytes) return payload;
    if (!/\bjson\b/.test(String(reply.getHeader('content-type'))) || reply.hasHeader('content-encoding'))
      return payload;
    reply.header('vary', 'accept-encoding');
    if (!/\bgzip\b/.test(String(request.headers['accept-encoding']))) return payload;
    const packed = await zip(payload, { level });
    reply.header('content-encoding', 'gzip').header('content-length', packed.length);
    return packed;
  });
}
