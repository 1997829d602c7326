import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type AnswerRound,
  answerRoundSchema,
  type AssignRound,
  assignRoundSchema,
  type CancelRound,
  cancelRoundSchema,
  type Page,
  pageOf,
  type Person,
  type Round,
  type RoundCalendar,
  type RoundCalendarQuery,
  roundCalendarQuerySchema,
  roundCalendarSchema,
  type RoundDetail,
  roundDetailSchema,
  type RoundQuery,
  roundQuerySchema,
  roundSchema,
  type ScanCheckPoint,
  scanCheckPointSchema,
  type ScanResult,
  scanResultSchema,
  uuidSchema,
} from '@sc/contracts';
import { Answers, ApiProblems, CurrentPerson, ProblemError, Roles } from '@sc/platform/http';
import { RoundDecisions } from '../round-decisions.service.js';
import { type RoundResult, RoundsService } from '../rounds.service.js';
import { RoundCalendarReader } from './round-calendar.reader.js';
import { RoundsReader } from './rounds.reader.js';

@ApiTags('rounds')
@Controller('rounds')
export class RoundsController {
  constructor(
    private readonly reader: RoundsReader,
    private readonly calendar: RoundCalendarReader,
    private readonly rounds: RoundsService,
    private readonly decisions: RoundDecisions,
  ) {}

  /** Rounds of the person's area, and those in their hands. */
  @Get()
  @Answers(pageOf(roundSchema))
  list(@CurrentPerson() person: Person, @Query({ schema: roundQuerySchema }) query: RoundQuery): Promise<Page<Round>> {
    return this.reader.list(person, query);
  }

  /** What a calendar shows of a time: rounds, and what plans will bring beyond them. */
  @Get('calendar')
  @Roles('admin', 'operator', 'manager')
  @Answers(roundCalendarSchema)
  between(
    @CurrentPerson() person: Person,
    @Query({ schema: roundCalendarQuerySchema }) query: RoundCalendarQuery,
  ): Promise<RoundCalendar> {
    return this.calendar.between(person, query);
  }

  @Get(':id')
  @Answers(roundDetailSchema)
  @ApiProblems('not-found')
  detail(@CurrentPerson() person: Person, @Param('id', { schema: uuidSchema }) id: string): Promise<RoundDetail> {
    return this.reader.detail(person, id);
  }

  /** The code of a place was read there. Which round it is for, the platform knows. */
  @Post('scans')
  @HttpCode(200)
  @Roles('officer')
  @Answers(scanResultSchema)
  @ApiProblems('code-not-valid', 'not-in-time', 'beyond-limit')
  async scan(
    @CurrentPerson() person: Person,
    @Body({ schema: scanCheckPointSchema }) request: ScanCheckPoint,
  ): Promise<ScanResult> {
    return valueOf(await this.rounds.scan(person, request));
  }

  /** What was found at one check point. Answers the round as it is then. */
  @Post(':id/answers')
  @HttpCode(200)
  @Roles('officer')
  @Answers(roundDetailSchema)
  @ApiProblems('not-found', 'conflict', 'not-in-time', 'beyond-limit')
  async answer(
    @CurrentPerson() person: Person,
    @Param('id', { schema: uuidSchema }) id: string,
    @Body({ schema: answerRoundSchema }) request: AnswerRound,
  ): Promise<RoundDetail> {
    valueOf(await this.rounds.answer(person, id, request));
    return this.reader.detail(person, id);
  }

  /** Into the hands of somebody; an officer takes it themselves. */
  @Post(':id/assign')
  @HttpCode(200)
  @Answers(roundDetailSchema)
  @ApiProblems('not-found', 'forbidden', 'action-not-allowed')
  async assign(
    @CurrentPerson() person: Person,
    @Param('id', { schema: uuidSchema }) id: string,
    @Body({ schema: assignRoundSchema }) { personId }: AssignRound,
  ): Promise<RoundDetail> {
    await this.decisions.assign(person, id, personId);
    return this.reader.detail(person, id);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Roles('admin', 'operator', 'manager')
  @Answers(roundDetailSchema)
  @ApiProblems('not-found', 'action-not-allowed')
  async cancel(
    @CurrentPerson() person: Person,
    @Param('id', { schema: uuidSchema }) id: string,
    @Body({ schema: cancelRoundSchema }) { reason }: CancelRound,
  ): Promise<RoundDetail> {
    await this.decisions.cancel(person, id, reason);
    return this.reader.detail(person, id);
  }
}

function valueOf<T>(result: RoundResult<T>): T {
  if (!result.ok) throw new ProblemError(result.code, result.reason);
  return result.value;
}
