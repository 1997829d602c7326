import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Role } from '@sc/contracts';
import { type AuthenticatedRequest, ProblemError, PUBLIC, ROLES } from '@sc/platform/http';
import type { FastifyRequest } from 'fastify';
import { refusals } from '../refusals.js';
import { Sessions } from '../sessions.service.js';
import { readSessionCookie } from './session-cookie.js';

/** Stands before every route: who asks, and may this role ask this? What of it they may see is the area scope's part. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: Sessions,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // Messages and jobs come through their transports, which have their own identity check.
    if (context.getType() !== 'http') return true;
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, targets)) return true;

    const request = context.switchToHttp().getRequest<FastifyRequest & AuthenticatedRequest>();
    const token = readSessionCookie(request);
    const found = token === undefined ? undefined : await this.sessions.find(token);
    if (!found) throw new ProblemError('not-authenticated', refusals.logInFirst);

    const roles = this.reflector.getAllAndOverride<Role[] | undefined>(ROLES, targets);
    if (roles && !roles.includes(found.person.role)) throw new ProblemError('forbidden', refusals.onlyFor(roles));
    request.person = found.person;
    request.session = found.session;
    return true;
  }
}
