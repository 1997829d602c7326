import type {} from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { longestSessionMs } from '../sessions.service.js';

export const sessionCookie = 'sc_session';

export const readSessionCookie = (request: FastifyRequest): string | undefined => request.cookies?.[sessionCookie];

/** Out of reach of scripts and of other sites. `secure` when people come by https. */
export function writeSessionCookie(reply: FastifyReply, token: string, secure: boolean): void {
  void reply.setCookie(sessionCookie, token, { ...attributes(secure), maxAge: longestSessionMs / 1000 });
}

export function clearSessionCookie(reply: FastifyReply, secure: boolean): void {
  void reply.clearCookie(sessionCookie, attributes(secure));
}

const attributes = (secure: boolean) => ({ path: '/', httpOnly: true, sameSite: 'strict', secure }) as const;
