import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import {
  areaIdSchema,
  type EscalationChain,
  escalationChainsSchema,
  type EscalationQuery,
  escalationQuerySchema,
  type Person,
  type SetEscalationChain,
  setEscalationChainSchema,
  type Severity,
  severitySchema,
} from '@sc/contracts';
import { Answers, ApiProblems, CurrentPerson, Roles } from '@sc/platform/http';
import { EscalationChains } from '../escalation-chains.service.js';
import { EscalationReadModel } from './escalation-read-model.js';

/** Who is asked next while nobody accepts an order. */
@ApiTags('escalation')
@Controller('escalation-chains')
export class EscalationController {
  constructor(
    private readonly chains: EscalationChains,
    private readonly readModel: EscalationReadModel,
  ) {}

  /** What holds at a place, for each severity, and where it was laid down. */
  @Get()
  @Roles('admin', 'manager', 'operator')
  @Answers(escalationChainsSchema)
  @ApiProblems('not-found')
  async list(
    @CurrentPerson() person: Person,
    @Query({ schema: escalationQuerySchema }) { areaId }: EscalationQuery,
  ): Promise<{ items: EscalationChain[] }> {
    return { items: await this.readModel.at(person, areaId) };
  }

  /** Lays down what holds at the place and below it. It ends with the managers, who are reminded until somebody accepts. */
  @Put(':areaId/:severity')
  @Roles('admin', 'manager')
  @Answers(escalationChainsSchema)
  @ApiProblems('not-found', 'invalid-request')
  async set(
    @CurrentPerson() person: Person,
    @Param('areaId', { schema: areaIdSchema }) areaId: string,
    @Param('severity', { schema: severitySchema }) severity: Severity,
    @Body({ schema: setEscalationChainSchema }) { steps }: SetEscalationChain,
  ): Promise<{ items: EscalationChain[] }> {
    await this.chains.set(person, areaId, severity, steps);
    return { items: await this.readModel.at(person, areaId) };
  }

  /** Back to what is laid down above, or the default. */
  @Delete(':areaId/:severity')
  @HttpCode(204)
  @Roles('admin', 'manager')
  @ApiNoContentResponse({ description: 'Gone.' })
  @ApiProblems('not-found')
  async reset(
    @CurrentPerson() person: Person,
    @Param('areaId', { schema: areaIdSchema }) areaId: string,
    @Param('severity', { schema: severitySchema }) severity: Severity,
  ): Promise<void> {
    await this.chains.reset(person, areaId, severity);
  }
}
