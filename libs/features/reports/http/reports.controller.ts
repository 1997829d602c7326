import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  type Person,
  type Report,
  type ReportCsvQuery,
  reportCsvQuerySchema,
  type ReportQuery,
  reportQuerySchema,
  reportSchema,
} from '@sc/contracts';
import { Answers, ApiProblems, CurrentPerson, Roles } from '@sc/platform/http';
import type { FastifyReply } from 'fastify';
import { ReportsService } from '../reports.service.js';
import { reportCsv } from './report-csv.js';

@ApiTags('reports')
@Controller('reports')
@Roles('admin', 'manager')
export class ReportsController {
  constructor(private readonly reports: ReportsService) {}

  /** What happened in a period: by hour of the week, how good the alarms were, how long people took. */
  @Get()
  @Answers(reportSchema)
  @ApiProblems('not-found', 'too-large')
  report(@CurrentPerson() person: Person, @Query({ schema: reportQuerySchema }) query: ReportQuery): Promise<Report> {
    return this.reports.report(person, query);
  }

  /** One of its tables, in the person's language. */
  @Get('csv')
  @ApiOkResponse({ description: 'The table.', content: { 'text/csv': { schema: { type: 'string' } } } })
  @ApiProblems('not-found', 'too-large')
  async csv(
    @CurrentPerson() person: Person,
    @Query({ schema: reportCsvQuerySchema }) { table, ...query }: ReportCsvQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const report = await this.reports.report(person, query);
    const name = `report-${table}-${report.areaId}-${report.from.slice(0, 10)}.csv`;
    await reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${name}"`)
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'no-store')
      .send(reportCsv(report, table, person.locale));
  }
}
