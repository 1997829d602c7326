import type { FastifyInstance } from 'fastify';

/** 20,000 lines of 200 characters. */
const largestBytes = 4 * 1024 * 1024;

/** Bodies of `text/csv` arrive as bytes: their encoding is for the reader to find out. */
export function registerCsvBody(instance: FastifyInstance): void {
  instance.addContentTypeParser('text/csv', { parseAs: 'buffer', bodyLimit: largestBytes }, (_, body, done) =>
    done(null, body),
  );
}
