import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Put, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import {
  type ChangePassword,
  changePasswordSchema,
  type Login,
  loginSchema,
  type Person,
  type Session,
  sessionSchema,
} from '@sc/contracts';
import { SETTINGS, type Settings } from '@sc/platform/config';
import { Answers, ApiProblems, type AuthenticatedRequest, CurrentPerson, Public } from '@sc/platform/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LoginService } from '../login.service.js';
import { OwnPassword } from '../own-password.service.js';
import { Sessions } from '../sessions.service.js';
import { clearSessionCookie, writeSessionCookie } from './session-cookie.js';

@ApiTags('session')
@Controller('session')
export class SessionController {
  constructor(
    private readonly login: LoginService,
    private readonly ownPassword: OwnPassword,
    private readonly sessions: Sessions,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Logs in: the session travels in an http-only cookie. */
  @Post()
  @HttpCode(200)
  @Public()
  @Answers(sessionSchema)
  @ApiProblems('wrong-credentials', 'too-many-attempts')
  async open(
    @Body({ schema: loginSchema }) body: Login,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Session> {
    const { token, session } = await this.login.login(body, request.ip);
    writeSessionCookie(request, reply, token, this.settings);
    return session;
  }

  /** Who is logged in. */
  @Get()
  @Answers(sessionSchema)
  current(@CurrentPerson() person: Person, @Req() { session }: AuthenticatedRequest): Session {
    const { expiresAt, passwordInitial } = session!;
    return { person, expiresAt: new Date(expiresAt).toISOString(), passwordInitial };
  }

  /** A new password of one's own; every other session of this person ends. */
  @Put('password')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'It is changed.' })
  @ApiProblems('wrong-credentials', 'too-many-attempts', 'conflict')
  async changePassword(
    @CurrentPerson() person: Person,
    @Body({ schema: changePasswordSchema }) body: ChangePassword,
    @Req() request: FastifyRequest & AuthenticatedRequest,
  ): Promise<void> {
    await this.ownPassword.change(person, request.session!.tokenHash, body, request.ip);
  }

  /** Logs out, here and now; other devices of the same person stay logged in. */
  @Delete()
  @HttpCode(204)
  async close(
    @Req() request: FastifyRequest & AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.sessions.end(request.session!.tokenHash);
    clearSessionCookie(request, reply, this.settings);
  }
}
