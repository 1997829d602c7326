import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import {
  type CheckPointCodes,
  checkPointCodesSchema,
  type CheckRecurrence,
  checkRecurrenceSchema,
  type MakeCodes,
  makeCodesSchema,
  type Page,
  pageOf,
  type Person,
  type RecurrenceCheck,
  recurrenceCheckSchema,
  type RoundPlan,
  roundPlanSchema,
  uuidSchema,
  type WriteRoundPlan,
  writeRoundPlanSchema,
} from '@sc/contracts';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { Answers, ApiProblems, CurrentPerson, Roles } from '@sc/platform/http';
import { RoundPlansService } from '../plans.service.js';
import { checkRecurrence } from '../recurrence/occurrences.js';
import { RoundPlansReader } from './plans.reader.js';

@ApiTags('rounds')
@Controller('round-plans')
export class RoundPlansController {
  constructor(
    private readonly reader: RoundPlansReader,
    private readonly plans: RoundPlansService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Plans of the person's area. */
  @Get()
  @Roles('admin', 'operator', 'manager')
  @Answers(pageOf(roundPlanSchema))
  async list(@CurrentPerson() person: Person): Promise<Page<RoundPlan>> {
    return { items: await this.reader.list(person), nextCursor: null };
  }

  @Get(':id')
  @Roles('admin', 'operator', 'manager')
  @Answers(roundPlanSchema)
  @ApiProblems('not-found')
  find(@CurrentPerson() person: Person, @Param('id', { schema: uuidSchema }) id: string): Promise<RoundPlan> {
    return this.reader.find(person, id);
  }

  /** `errors` of a refusal: the path of each mistake, and its code as the message. */
  @Post()
  @Roles('admin', 'manager')
  @Answers(roundPlanSchema, 201, 'Planned.')
  @ApiProblems('invalid-round-plan', 'beyond-limit')
  async create(
    @CurrentPerson() person: Person,
    @Body({ schema: writeRoundPlanSchema }) plan: WriteRoundPlan,
  ): Promise<RoundPlan> {
    return this.reader.find(person, await this.plans.create(person, plan));
  }

  /** What a recurrence comes to, before it is saved. */
  @Post('recurrence-checks')
  @HttpCode(200)
  @Roles('admin', 'manager')
  @Answers(recurrenceCheckSchema)
  check(@Body({ schema: checkRecurrenceSchema }) { recurrence }: CheckRecurrence): RecurrenceCheck {
    const { issue, next } = checkRecurrence(recurrence, this.clock.now());
    return { issues: issue ? [issue] : [], next: next.map((at) => new Date(at).toISOString()) };
  }

  /** The whole plan anew. Check points keep their codes by their keys; rounds to come are made anew. */
  @Put(':id')
  @Roles('admin', 'manager')
  @Answers(roundPlanSchema)
  @ApiProblems('not-found', 'invalid-round-plan')
  async update(
    @CurrentPerson() person: Person,
    @Param('id', { schema: uuidSchema }) id: string,
    @Body({ schema: writeRoundPlanSchema }) plan: WriteRoundPlan,
  ): Promise<RoundPlan> {
    await this.plans.update(person, id, plan);
    return this.reader.find(person, id);
  }

  /** Its rounds stay on record; its codes are refused. */
  @Delete(':id')
  @HttpCode(204)
  @Roles('admin', 'manager')
  @ApiNoContentResponse({ description: 'It is gone.' })
  @ApiProblems('not-found')
  remove(@CurrentPerson() person: Person, @Param('id', { schema: uuidSchema }) id: string): Promise<void> {
    return this.plans.remove(person, id);
  }

  /** New codes for check points, told this once; those before are refused from now on. */
  @Post(':id/codes')
  @HttpCode(200)
  @Roles('admin', 'manager')
  @Answers(checkPointCodesSchema)
  @ApiProblems('not-found')
  makeCodes(
    @CurrentPerson() person: Person,
    @Param('id', { schema: uuidSchema }) id: string,
    @Body({ schema: makeCodesSchema }) { checkPointIds }: MakeCodes,
  ): Promise<CheckPointCodes> {
    return this.plans.makeCodes(person, id, checkPointIds);
  }
}
