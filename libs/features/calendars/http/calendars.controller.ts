import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type AreaCalendar,
  areaCalendarSchema,
  areaCalendarsSchema,
  areaIdSchema,
  type ImportQuery,
  importQuerySchema,
  type ImportResult,
  importResultSchema,
  type Person,
  type SaveCalendar,
  saveCalendarSchema,
} from '@sc/contracts';
import { csvBody } from '@sc/platform/csv';
import { Answers, ApiProblems, CurrentPerson, Roles, TakesFile } from '@sc/platform/http';
import type { FastifyRequest } from 'fastify';
import { CalendarReader } from '../calendar-reader.js';
import { CalendarsService } from '../calendars.service.js';
import { ImportDays } from '../import-days.js';

/** When people work: what limits in working minutes and working days count. */
@ApiTags('calendars')
@Controller('calendars')
export class CalendarsController {
  constructor(
    private readonly reader: CalendarReader,
    private readonly calendars: CalendarsService,
    private readonly imports: ImportDays,
  ) {}

  /** The calendar that holds in your area, then those of the areas below that have one of their own. */
  @Get()
  @Answers(areaCalendarsSchema)
  async list(@CurrentPerson() person: Person): Promise<{ items: AreaCalendar[] }> {
    return { items: await this.reader.list(person) };
  }

  /** The calendar that holds at a place, its own or that of an area above. */
  @Get(':areaId')
  @Answers(areaCalendarSchema)
  @ApiProblems('not-found')
  of(
    @CurrentPerson() person: Person,
    @Param('areaId', { schema: areaIdSchema }) areaId: string,
  ): Promise<AreaCalendar> {
    return this.reader.of(person, areaId);
  }

  /** Gives an area a calendar of its own, or changes it. Deadlines that run by it move. */
  @Put(':areaId')
  @Roles('admin', 'manager')
  @Answers(areaCalendarSchema)
  @ApiProblems('not-found', 'conflict')
  async save(
    @CurrentPerson() person: Person,
    @Param('areaId', { schema: areaIdSchema }) areaId: string,
    @Body({ schema: saveCalendarSchema }) wish: SaveCalendar,
  ): Promise<AreaCalendar> {
    await this.calendars.save(person, areaId, wish);
    return this.reader.of(person, areaId);
  }

  /** From then on the calendar of the area above holds, and the deadlines move. */
  @Delete(':areaId')
  @Roles('admin', 'manager')
  @Answers(areaCalendarSchema, 200, 'The calendar that holds from now on.')
  @ApiProblems('not-found')
  async remove(
    @CurrentPerson() person: Person,
    @Param('areaId', { schema: areaIdSchema }) areaId: string,
  ): Promise<AreaCalendar> {
    await this.calendars.remove(person, areaId);
    return this.reader.of(person, areaId);
  }

  /** Holidays and make-up days from a table (`text/csv`): all lines or none. With `preview` nothing is changed. */
  @Post(':areaId/days')
  @HttpCode(200)
  @Roles('admin', 'manager')
  @TakesFile('text/csv')
  @Answers(importResultSchema)
  @ApiProblems('not-found', 'too-large', 'unsupported-media')
  importDays(
    @CurrentPerson() person: Person,
    @Param('areaId', { schema: areaIdSchema }) areaId: string,
    @Query({ schema: importQuerySchema }) { preview }: ImportQuery,
    @Req() request: FastifyRequest,
  ): Promise<ImportResult> {
    return this.imports.run(person, areaId, csvBody(request), preview);
  }
}
