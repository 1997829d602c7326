import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type IncidentDetail,
  incidentDetailSchema,
  type IncidentQuery,
  incidentQuerySchema,
  type ListedIncident,
  listedIncidentSchema,
  type MergeIncident,
  mergeIncidentSchema,
  type Page,
  pageOf,
  type Person,
  type SplitIncident,
  splitIncidentSchema,
  uuidSchema,
} from '@sc/contracts';
import { Answers, ApiProblems, CurrentPerson, ProblemError, Roles } from '@sc/platform/http';
import { type DecisionResult, IncidentDecisions } from '../incident-decisions.service.js';
import { IncidentsReader } from './incidents.reader.js';

@ApiTags('incidents')
@Controller('incidents')
export class IncidentsController {
  constructor(
    private readonly reader: IncidentsReader,
    private readonly decisions: IncidentDecisions,
  ) {}

  /** Incidents of the person's area, newest first. */
  @Get()
  @Answers(pageOf(listedIncidentSchema))
  @ApiProblems('not-found')
  list(
    @CurrentPerson() person: Person,
    @Query({ schema: incidentQuerySchema }) query: IncidentQuery,
  ): Promise<Page<ListedIncident>> {
    return this.reader.list(person, query);
  }

  /** An incident with its alarms, its orders and its whole story; with those of all that were merged with it. */
  @Get(':id')
  @Answers(incidentDetailSchema)
  @ApiProblems('not-found')
  detail(@CurrentPerson() person: Person, @Param('id', { schema: uuidSchema }) id: string): Promise<IncidentDetail> {
    return this.reader.detail(person, id);
  }

  /** Chosen alarms become an incident of their own, with an order if they ask for a person. Answers the new one. */
  @Post(':id/split')
  @HttpCode(200)
  @Roles('operator', 'manager', 'admin')
  @Answers(incidentDetailSchema)
  @ApiProblems('not-found', 'conflict')
  async split(
    @CurrentPerson() person: Person,
    @Param('id', { schema: uuidSchema }) id: string,
    @Body({ schema: splitIncidentSchema }) body: SplitIncident,
  ): Promise<IncidentDetail> {
    return this.answer(person, await this.decisions.split(person, id, body));
  }

  /** The other incident becomes part of this one; of two orders that of this one remains. Answers this one. */
  @Post(':id/merge')
  @HttpCode(200)
  @Roles('operator', 'manager', 'admin')
  @Answers(incidentDetailSchema)
  @ApiProblems('not-found', 'conflict')
  async merge(
    @CurrentPerson() person: Person,
    @Param('id', { schema: uuidSchema }) id: string,
    @Body({ schema: mergeIncidentSchema }) body: MergeIncident,
  ): Promise<IncidentDetail> {
    return this.answer(person, await this.decisions.merge(person, id, body));
  }

  private async answer(person: Person, result: DecisionResult): Promise<IncidentDetail> {
    if (!result.ok) throw new ProblemError(result.code, result.reason);
    return this.reader.detail(person, result.incidentId);
  }
}
