import { type ArgumentsHost, Catch, type ExceptionFilter, Inject, Injectable } from '@nestjs/common';
import { LOGGER, type Logger } from '@sc/platform/logging';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemBody, type ProblemError } from './problem.js';
import { toProblem } from './to-problem.js';

/** Every refusal and every failure leaves as `application/problem+json` (RFC 9457) with the request's correlation id. */
@Injectable()
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    // Handlers of messages and jobs have their own way to fail: retry, then dead letter.
    if (host.getType() !== 'http') throw error;
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const problem = toProblem(error);
    this.report(error, problem, request);
    sendProblem(http.getResponse<FastifyReply>(), problem);
  }

  private report(error: unknown, problem: ProblemError, request: FastifyRequest): void {
    const fields = { correlationId: request.id, method: request.method, route: request.routeOptions?.url };
    if (problem.code === 'internal') this.logger.error({ ...fields, err: error }, 'request failed');
    else if (problem.code === 'unavailable')
      this.logger.warn({ ...fields, err: error }, 'request refused: unavailable');
    else this.logger.debug({ ...fields, code: problem.code }, 'request refused');
  }
}

/** Answers with problem details; does nothing when an answer is already under way. */
export function sendProblem(reply: FastifyReply, problem: ProblemError): void {
  if (reply.sent || reply.raw.headersSent) {
    reply.raw.destroy();
    return;
  }
  if (problem.retryAfterSeconds) reply.header('retry-after', String(Math.ceil(problem.retryAfterSeconds)));
  reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(problemBody(problem, reply.request.id)));
}
