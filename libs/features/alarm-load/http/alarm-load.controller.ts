import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type AlarmLoad, alarmLoadQuerySchema, type AlarmLoadQuery, alarmLoadSchema, type Person } from '@sc/contracts';
import { Answers, ApiProblems, CurrentPerson, Roles } from '@sc/platform/http';
import type { FastifyReply } from 'fastify';
import { AlarmLoadService } from '../alarm-load.service.js';
import { loadCsv } from './load-csv.js';

@ApiTags('alarm load')
@Controller('alarm-load')
export class AlarmLoadController {
  constructor(private readonly service: AlarmLoadService) {}

  /** How many alarms the operator of an area had to take in during a shift or a range, against the targets of ISA-18.2. */
  @Get()
  @Roles('operator', 'manager', 'admin')
  @Answers(alarmLoadSchema)
  @ApiProblems('not-found', 'too-large')
  load(
    @CurrentPerson() person: Person,
    @Query({ schema: alarmLoadQuerySchema }) query: AlarmLoadQuery,
  ): Promise<AlarmLoad> {
    return this.service.load(person, query);
  }

  /** The same as a table, in the person's language. */
  @Get('csv')
  @Roles('operator', 'manager', 'admin')
  @ApiOkResponse({ description: 'The table.', content: { 'text/csv': { schema: { type: 'string' } } } })
  @ApiProblems('not-found', 'too-large')
  async csv(
    @CurrentPerson() person: Person,
    @Query({ schema: alarmLoadQuerySchema }) query: AlarmLoadQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const load = await this.service.load(person, query);
    await reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="alarm-load-${load.areaId}-${load.from.slice(0, 10)}.csv"`)
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'no-store')
      .send(loadCsv(load, person.locale));
  }
}
