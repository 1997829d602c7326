import { ProblemError } from '@sc/platform/http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refusals } from './refusals.js';

/** 20,000 lines of 200 characters; 5,000 kinds of work with what to do in both languages. As large as a photo. */
const largestBytes = 10 * 1024 * 1024;

/** Bodies of `text/csv` arrive as bytes: their encoding is for the reader to find out. */
export function registerCsvBody(instance: FastifyInstance): void {
  instance.addContentTypeParser('text/csv', { parseAs: 'buffer', bodyLimit: largestBytes }, (_, body, done) =>
    done(null, body),
  );
}

/** The table that came with a request. @throws ProblemError `unsupported-media` when something else came */
export function csvBody(request: FastifyRequest): Uint8Array {
  if (request.body instanceof Uint8Array) return request.body;
  throw new ProblemError('unsupported-media', refusals.noTable);
}
