import type {} from '@fastify/cookie';
import type { Settings } from '@sc/platform/config';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { longestSessionMs } from '../sessions.service.js';

export const sessionCookie = 'sc_session';

export const readSessionCookie = (request: FastifyRequest): string | undefined => request.cookies?.[sessionCookie];

/** Out of reach of scripts and of other sites; over https, or where people come by https, it never travels in the open. */
export function writeSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
  settings: Pick<Settings, 'PUBLIC_URL'>,
): void {
  void reply.setCookie(sessionCookie, token, { ...attributes(request, settings), maxAge: longestSessionMs / 1000 });
}

export function clearSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  settings: Pick<Settings, 'PUBLIC_URL'>,
): void {
  void reply.clearCookie(sessionCookie, attributes(request, settings));
}

const attributes = (request: FastifyRequest, settings: Pick<Settings, 'PUBLIC_URL'>) =>
  ({
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: request.protocol === 'https' || (settings.PUBLIC_URL?.startsWith('https:') ?? false),
  }) as const;
