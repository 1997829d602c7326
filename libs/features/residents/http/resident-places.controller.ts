import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type ResidentCase,
  residentCaseSchema,
  type ResidentFollow,
  residentFollowSchema,
  type ResidentPlace,
  residentPlaceSchema,
  type ResidentReport,
  residentReportSchema,
} from '@sc/contracts';
import { Answers, ApiProblems, ProblemError, Public } from '@sc/platform/http';
import type { FastifyRequest } from 'fastify';
import { CaseReader } from '../case.reader.js';
import { ResidentLimiter } from '../limiter.js';
import { ResidentLinks } from '../links.js';
import { PlaceReader } from '../place.reader.js';
import { type Place, Places } from '../places.js';
import { refusals } from '../refusals.js';
import { type Reported, ResidentReports } from '../reports.service.js';

/** Behind the code of a place. Nobody logs in; who asks too much from one address waits. */
@ApiTags('residents')
@Public()
@Controller('residents/places')
export class ResidentPlacesController {
  constructor(
    private readonly places: Places,
    private readonly reader: PlaceReader,
    private readonly reports: ResidentReports,
    private readonly links: ResidentLinks,
    private readonly cases: CaseReader,
    private readonly limiter: ResidentLimiter,
  ) {}

  /** What residents may report here, what is known already, announcements. */
  @Get(':code')
  @Answers(residentPlaceSchema)
  @ApiProblems('not-found', 'too-many-attempts')
  async read(@Param('code') code: string, @Req() { ip }: FastifyRequest): Promise<ResidentPlace> {
    this.limiter.take('read', ip);
    return this.reader.read(await this.place(code, ip));
  }

  /** Reports a case. The page makes the token; the same token again is the same report. */
  @Post(':code/reports')
  @Answers(residentCaseSchema, 201)
  @ApiProblems('not-found', 'too-many-attempts', 'action-not-allowed')
  async report(
    @Param('code') code: string,
    @Body({ schema: residentReportSchema }) body: ResidentReport,
    @Req() { ip }: FastifyRequest,
  ): Promise<ResidentCase> {
    this.limiter.take('write', ip);
    await this.place(code, ip);
    return this.answer(await this.reports.report(code, body), body.token);
  }

  /** Follows a case that is known here instead of reporting it again. */
  @Post(':code/follows')
  @HttpCode(201)
  @Answers(residentCaseSchema, 201)
  @ApiProblems('not-found', 'too-many-attempts')
  async follow(
    @Param('code') code: string,
    @Body({ schema: residentFollowSchema }) body: ResidentFollow,
    @Req() { ip }: FastifyRequest,
  ): Promise<ResidentCase> {
    this.limiter.take('write', ip);
    await this.place(code, ip);
    return this.answer(await this.reports.follow(code, body), body.token);
  }

  private async place(code: string, ip: string): Promise<Place> {
    const place = await this.places.byCode(code);
    if (place) return place;
    this.limiter.miss(ip);
    throw new ProblemError('not-found', refusals.noPlace);
  }

  private async answer(result: Reported, token: string): Promise<ResidentCase> {
    if (!result.ok) throw new ProblemError(result.code, result.reason, undefined, result.retryAfterSeconds);
    const followed = await this.links.byToken(token);
    if (!followed) throw new ProblemError('not-found', refusals.noCase);
    return this.cases.read(followed);
  }
}
