import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import {
  type DeadLetter,
  type DeadLetterQuery,
  deadLetterQuerySchema,
  deadLetterSchema,
  type Page,
  pageOf,
  type Person,
  uuidSchema,
} from '@sc/contracts';
import { Answers, ApiProblems, CurrentPerson, Roles } from '@sc/platform/http';
import { DeadLettersReadModel } from './dead-letters-read-model.js';
import { DeadLettersService } from './dead-letters.service.js';

@ApiTags('dead letters')
@Controller('dead-letters')
export class DeadLettersController {
  constructor(
    private readonly readModel: DeadLettersReadModel,
    private readonly deadLetters: DeadLettersService,
  ) {}

  /** Messages nobody could use and jobs that failed for good, newest first. */
  @Get()
  @Roles('admin', 'operator')
  @Answers(pageOf(deadLetterSchema))
  list(
    @CurrentPerson() person: Person,
    @Query({ schema: deadLetterQuerySchema }) query: DeadLetterQuery,
  ): Promise<Page<DeadLetter>> {
    return this.readModel.list(person, query);
  }

  /** Tries it once more. What fails again is a new dead letter. */
  @Post(':id/replay')
  @HttpCode(204)
  @Roles('admin')
  @ApiNoContentResponse({ description: 'Taken in.' })
  @ApiProblems('not-found', 'conflict')
  replay(@CurrentPerson() person: Person, @Param('id', { schema: uuidSchema }) id: string): Promise<void> {
    return this.deadLetters.replay(person, id);
  }
}
