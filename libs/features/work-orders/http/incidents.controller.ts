import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type IncidentDetail, incidentDetailSchema, type Person, uuidSchema } from '@sc/contracts';
import { Answers, ApiProblems, CurrentPerson } from '@sc/platform/http';
import { WorkOrdersReader } from './work-orders.reader.js';

@ApiTags('incidents')
@Controller('incidents')
export class IncidentsController {
  constructor(private readonly reader: WorkOrdersReader) {}

  /** An incident with its alarms, its orders and its whole story. */
  @Get(':id')
  @Answers(incidentDetailSchema)
  @ApiProblems('not-found')
  detail(@CurrentPerson() person: Person, @Param('id', { schema: uuidSchema }) id: string): Promise<IncidentDetail> {
    return this.reader.incident(person, id);
  }
}
