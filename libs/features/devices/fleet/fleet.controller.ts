import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Fleet, type FleetQuery, fleetQuerySchema, fleetSchema, type Person } from '@sc/contracts';
import { Answers, CurrentPerson, Roles } from '@sc/platform/http';
import type { FastifyReply } from 'fastify';
import { fleetCsv } from './fleet-csv.js';
import { FleetReadModel } from './fleet-read-model.js';

@ApiTags('devices')
@Roles('admin', 'operator', 'manager')
@Controller('fleet')
export class FleetController {
  constructor(private readonly readModel: FleetReadModel) {}

  /** How devices are themselves: silent, flapping, low battery, weak signal, never seen, wrong clock, many dead letters, out of service. */
  @Get()
  @Answers(fleetSchema)
  fleet(@CurrentPerson() person: Person, @Query({ schema: fleetQuerySchema }) query: FleetQuery): Promise<Fleet> {
    return this.readModel.fleet(person, query);
  }

  /** All devices that the filters leave, as a table. */
  @Get('csv')
  @ApiOkResponse({ description: 'The table.', content: { 'text/csv': { schema: { type: 'string' } } } })
  async csv(
    @CurrentPerson() person: Person,
    @Query({ schema: fleetQuerySchema }) query: FleetQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="fleet.csv"')
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'no-store')
      .send(fleetCsv(await this.readModel.all(person, query), person.locale));
  }
}
