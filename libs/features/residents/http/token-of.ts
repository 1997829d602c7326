import { residentTokenHeader, residentTokenSchema } from '@sc/contracts';
import { ProblemError } from '@sc/platform/http';
import type { FastifyRequest } from 'fastify';
import { refusals } from '../refusals.js';

/** The token of the private link. @throws ProblemError `not-found`, as for one that leads nowhere */
export function tokenOf(request: FastifyRequest): string {
  const token = residentTokenSchema.safeParse(request.headers[residentTokenHeader]);
  if (!token.success) throw new ProblemError('not-found', refusals.noCase);
  return token.data;
}
