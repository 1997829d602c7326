import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import {
  type BackTest,
  backTestSchema,
  type CreateBackTest,
  createBackTestSchema,
  type Page,
  pageOf,
  type Person,
  uuidSchema,
} from '@sc/contracts';
import { Answers, ApiProblems, CurrentPerson, Roles } from '@sc/platform/http';
import { BackTestsService } from './back-tests.service.js';

@ApiTags('detection')
@Roles('admin', 'operator', 'manager')
@Controller('back-tests')
export class BackTestsController {
  constructor(private readonly backTests: BackTestsService) {}

  /** Asks what a rule would have raised. It is run in its turn; look at it until its state is `done`. */
  @Post()
  @HttpCode(202)
  @Answers(backTestSchema, 202, 'Taken in.')
  @ApiProblems('not-found', 'invalid-rule', 'too-many-back-tests')
  create(
    @CurrentPerson() person: Person,
    @Body({ schema: createBackTestSchema }) request: CreateBackTest,
  ): Promise<BackTest> {
    return this.backTests.create(person, request);
  }

  /** Your own, newest first, without their results. */
  @Get()
  @Answers(pageOf(backTestSchema))
  async list(@CurrentPerson() person: Person): Promise<Page<BackTest>> {
    return { items: await this.backTests.list(person), nextCursor: null };
  }

  @Get(':id')
  @Answers(backTestSchema)
  @ApiProblems('not-found')
  find(@CurrentPerson() person: Person, @Param('id', { schema: uuidSchema }) id: string): Promise<BackTest> {
    return this.backTests.find(person, id);
  }

  /** Cancels it while it waits or runs, removes it when it is done. */
  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'It is gone.' })
  @ApiProblems('not-found')
  remove(@CurrentPerson() person: Person, @Param('id', { schema: uuidSchema }) id: string): Promise<void> {
    return this.backTests.remove(person, id);
  }
}
