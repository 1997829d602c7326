import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  type Evaluation,
  type EvaluationQuery,
  evaluationQuerySchema,
  evaluationSchema,
  type Person,
} from '@sc/contracts';
import { Answers, ApiProblems, CurrentPerson } from '@sc/platform/http';
import type { FastifyReply } from 'fastify';
import { EvaluationService } from '../evaluation.service.js';
import { evaluationCsv } from './evaluation-csv.js';

@ApiTags('evaluation')
@Controller('evaluation')
export class EvaluationController {
  constructor(private readonly service: EvaluationService) {}

  /** Figures of the cases of a period, side by side; of others only for managers and administrators, for everybody else of their own. */
  @Get()
  @Answers(evaluationSchema)
  @ApiProblems('not-found')
  evaluate(
    @CurrentPerson() person: Person,
    @Query({ schema: evaluationQuerySchema }) query: EvaluationQuery,
  ): Promise<Evaluation> {
    return this.service.evaluate(person, query);
  }

  /** The same as a table, in the person's language. */
  @Get('csv')
  @ApiOkResponse({ description: 'The table.', content: { 'text/csv': { schema: { type: 'string' } } } })
  @ApiProblems('not-found')
  async csv(
    @CurrentPerson() person: Person,
    @Query({ schema: evaluationQuerySchema }) query: EvaluationQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const evaluation = await this.service.evaluate(person, query);
    const name = `evaluation-${evaluation.by}-${evaluation.areaId}-${evaluation.from.slice(0, 10)}.csv`;
    await reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${name}"`)
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'no-store')
      .send(evaluationCsv(evaluation, person.locale));
  }
}
