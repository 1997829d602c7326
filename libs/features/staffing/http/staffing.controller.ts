import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import {
  type CreateStaffingPlan,
  createStaffingPlanSchema,
  type Page,
  pageOf,
  type Person,
  type StaffingPlan,
  staffingPlanSchema,
  uuidSchema,
} from '@sc/contracts';
import { Answers, ApiProblems, CurrentPerson, Roles } from '@sc/platform/http';
import { StaffingService } from './staffing.service.js';

@ApiTags('evaluation')
@Roles('admin', 'manager')
@Controller('staffing-plans')
export class StaffingController {
  constructor(private readonly plans: StaffingService) {}

  /** Asks what becomes of a month of cases with other officers and shifts. It is simulated in its turn; look at it until its state is `done`. */
  @Post()
  @HttpCode(202)
  @Answers(staffingPlanSchema, 202, 'Taken in.')
  @ApiProblems('not-found', 'too-many-plans')
  create(
    @CurrentPerson() person: Person,
    @Body({ schema: createStaffingPlanSchema }) request: CreateStaffingPlan,
  ): Promise<StaffingPlan> {
    return this.plans.create(person, request);
  }

  /** Your own, newest first, without their results. */
  @Get()
  @Answers(pageOf(staffingPlanSchema))
  async list(@CurrentPerson() person: Person): Promise<Page<StaffingPlan>> {
    return { items: await this.plans.list(person), nextCursor: null };
  }

  @Get(':id')
  @Answers(staffingPlanSchema)
  @ApiProblems('not-found')
  find(@CurrentPerson() person: Person, @Param('id', { schema: uuidSchema }) id: string): Promise<StaffingPlan> {
    return this.plans.find(person, id);
  }

  /** Cancels it while it waits or runs, removes it when it is done. */
  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'It is gone.' })
  @ApiProblems('not-found')
  remove(@CurrentPerson() person: Person, @Param('id', { schema: uuidSchema }) id: string): Promise<void> {
    return this.plans.remove(person, id);
  }
}
