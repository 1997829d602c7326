import { Body, Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Session, sessionSchema, type Setup, setupSchema, type SetupState, setupStateSchema } from '@sc/contracts';
import { Sessions, writeSessionCookie } from '@sc/features/identity';
import { SETTINGS, type Settings } from '@sc/platform/config';
import { Answers, ApiProblems, Public } from '@sc/platform/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SetupService } from '../setup.service.js';

@ApiTags('setup')
@Controller('setup')
export class SetupController {
  constructor(
    private readonly setup: SetupService,
    private readonly sessions: Sessions,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Whether this site still waits for its first administrator. */
  @Get()
  @Public()
  @Answers(setupStateSchema)
  state(): Promise<SetupState> {
    return this.setup.state();
  }

  /** Makes the first administrator, once in the life of a site, and logs them in. */
  @Post()
  @Public()
  @Answers(sessionSchema, 201)
  @ApiProblems('conflict', 'wrong-credentials', 'too-many-attempts')
  async create(
    @Body({ schema: setupSchema }) body: Setup,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Session> {
    const person = await this.setup.setUp(body, request.ip);
    const { token, expiresAt } = await this.sessions.open(person.id);
    writeSessionCookie(request, reply, token, this.settings);
    return { person, expiresAt: new Date(expiresAt).toISOString(), passwordInitial: false };
  }
}
