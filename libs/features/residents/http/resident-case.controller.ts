import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  mostResidentPhotos,
  type ResidentCase,
  residentCaseSchema,
  type ResidentRating,
  residentRatingSchema,
  type ResidentReply,
  residentReplySchema,
  residentTokenHeader,
  type ResidentVerdict,
  residentVerdictSchema,
  uuidSchema,
} from '@sc/contracts';
import { ResidentAttachments, uploadOf } from '@sc/features/work-orders';
import { Answers, ApiProblems, ProblemError, Public } from '@sc/platform/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CaseReader } from '../case.reader.js';
import { ResidentLimiter } from '../limiter.js';
import { type Followed, ResidentLinks } from '../links.js';
import { refusals } from '../refusals.js';
import { ResidentWords, type Said } from '../resident-words.service.js';
import { tokenOf } from './token-of.js';

/** Behind a private link: whoever has its token, which travels in a header so that no log of addresses keeps it. */
@ApiTags('residents')
@ApiHeader({ name: residentTokenHeader, required: true, description: 'Token of the private link.' })
@Public()
@Controller('residents/case')
export class ResidentCaseController {
  constructor(
    private readonly links: ResidentLinks,
    private readonly reader: CaseReader,
    private readonly words: ResidentWords,
    private readonly attachments: ResidentAttachments,
    private readonly limiter: ResidentLimiter,
  ) {}

  /** Where the case stands, what staff said in public, what may be done. */
  @Get()
  @Answers(residentCaseSchema)
  @ApiProblems('not-found', 'too-many-attempts')
  async read(@Req() request: FastifyRequest): Promise<ResidentCase> {
    this.limiter.take('read', request.ip);
    return this.reader.read(await this.followed(request));
  }

  /** Answers a question of staff, or adds something. */
  @Post('replies')
  @HttpCode(200)
  @Answers(residentCaseSchema)
  @ApiProblems('not-found', 'too-many-attempts', 'action-not-allowed', 'beyond-limit')
  reply(
    @Req() request: FastifyRequest,
    @Body({ schema: residentReplySchema }) body: ResidentReply,
  ): Promise<ResidentCase> {
    return this.say(request, (token) => this.words.reply(token, body));
  }

  /** Says whether it is solved; what was closed as solved and is not goes on as a new case. */
  @Post('verdicts')
  @HttpCode(200)
  @Answers(residentCaseSchema)
  @ApiProblems('not-found', 'too-many-attempts', 'action-not-allowed', 'beyond-limit')
  judge(
    @Req() request: FastifyRequest,
    @Body({ schema: residentVerdictSchema }) body: ResidentVerdict,
  ): Promise<ResidentCase> {
    return this.say(request, (token) => this.words.judge(token, body));
  }

  @Put('rating')
  @Answers(residentCaseSchema)
  @ApiProblems('not-found', 'too-many-attempts', 'action-not-allowed')
  rate(
    @Req() request: FastifyRequest,
    @Body({ schema: residentRatingSchema }) body: ResidentRating,
  ): Promise<ResidentCase> {
    return this.say(request, (token) => this.words.rate(token, body));
  }

  /** The number that was left is removed at once. */
  @Delete('phone')
  @Answers(residentCaseSchema)
  @ApiProblems('not-found', 'too-many-attempts')
  forgetPhone(@Req() request: FastifyRequest): Promise<ResidentCase> {
    return this.say(request, (token) => this.words.forgetPhone(token));
  }

  /** Adds a photo or a voice note to an own report; as with staff, what the file says of place, time and camera is removed. */
  @Post('attachments')
  @HttpCode(204)
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      properties: {
        requestId: { type: 'string', minLength: 8, maxLength: 64 },
        file: { type: 'string', format: 'binary' },
      },
      required: ['requestId', 'file'],
    },
  })
  @ApiNoContentResponse()
  @ApiProblems('not-found', 'too-many-attempts', 'action-not-allowed', 'beyond-limit', 'too-large', 'unsupported-media')
  async attach(@Req() request: FastifyRequest): Promise<void> {
    this.limiter.take('upload', request.ip);
    const followed = await this.followed(request);
    // Before a byte is read.
    if (!(await this.reader.read(followed)).may.attach) throw new ProblemError('beyond-limit', refusals.nothingMore);
    const { bytes, fields } = await uploadOf(request);
    const { requestId } = fields;
    if (!requestId) throw new ProblemError('invalid-request', refusals.noRequestId);
    const of = { linkId: followed.link.id, orderId: followed.order.id };
    const most = { photos: mostResidentPhotos, voices: 1 };
    const kept = await this.attachments.keep(of, bytes, { requestId }, most);
    if (!kept.ok) throw new ProblemError(kept.code, kept.reason);
  }

  /** A photo that staff show to residents. */
  @Get('photos/:id')
  @ApiOkResponse({
    description: 'The photo.',
    content: { 'image/*': { schema: { type: 'string', format: 'binary' } } },
  })
  @ApiProblems('not-found', 'too-many-attempts')
  async photo(
    @Req() request: FastifyRequest,
    @Param('id', { schema: uuidSchema }) id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.limiter.take('read', request.ip);
    const { orderIds } = await this.followed(request);
    const file = await this.attachments.publicPhoto(orderIds, id);
    if (!file) throw new ProblemError('not-found', refusals.noPhoto);
    await reply
      .type(file.mediaType)
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'private, max-age=3600')
      .send(file.bytes);
  }

  private async followed(request: FastifyRequest): Promise<Followed> {
    const found = await this.links.byToken(tokenOf(request));
    if (found) return found;
    this.limiter.miss(request.ip);
    throw new ProblemError('not-found', refusals.noCase);
  }

  private async say(request: FastifyRequest, work: (token: string) => Promise<Said>): Promise<ResidentCase> {
    this.limiter.take('write', request.ip);
    await this.followed(request);
    const said = await work(tokenOf(request));
    if (!said.ok) throw new ProblemError(said.code, said.reason);
    return this.reader.read(await this.followed(request));
  }
}
