import { ProblemError } from '@sc/platform/http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refusals } from './refusals.js';

/** A district with every house: 100,000 corners of 60 characters, and room for names. */
const largestBytes = 8 * 1024 * 1024;

/** Bodies of `application/geo+json` arrive as bytes: a file that is no JSON is told like any other fault of a file. */
export function registerGeoJsonBody(instance: FastifyInstance): void {
  instance.addContentTypeParser(
    'application/geo+json',
    { parseAs: 'buffer', bodyLimit: largestBytes },
    (_, body, done) => done(null, body),
  );
}

/** The file that came with a request. @throws ProblemError `unsupported-media` when something else came */
export function geoJsonBody(request: FastifyRequest): Uint8Array {
  if (request.body instanceof Uint8Array && request.headers['content-type']?.startsWith('application/geo+json'))
    return request.body;
  throw new ProblemError('unsupported-media', refusals.noGeoJson);
}
