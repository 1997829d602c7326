import { Controller, HttpCode, Post, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ImportQuery, importQuerySchema, type ImportResult, importResultSchema, type Person } from '@sc/contracts';
import { csvBody } from '@sc/platform/csv';
import { Answers, ApiProblems, CurrentPerson, Roles, TakesFile } from '@sc/platform/http';
import type { FastifyRequest } from 'fastify';
import { ImportAreas } from '../imports/import-areas.js';
import { ImportPeople } from '../imports/import-people.js';
import { ImportShifts } from '../imports/import-shifts.js';
import { ImportTeams } from '../imports/import-teams.js';

@ApiTags('imports')
@Roles('admin', 'manager')
@Controller('imports')
export class DirectoryImportsController {
  constructor(
    private readonly areas: ImportAreas,
    private readonly people: ImportPeople,
    private readonly teams: ImportTeams,
    private readonly shifts: ImportShifts,
  ) {}

  /** Areas from a table (`text/csv`): all lines or none. With `preview` nothing is changed. */
  @Post('areas')
  @HttpCode(200)
  @TakesFile('text/csv')
  @Answers(importResultSchema)
  @ApiProblems('too-large', 'unsupported-media')
  importAreas(
    @CurrentPerson() person: Person,
    @Query({ schema: importQuerySchema }) { preview }: ImportQuery,
    @Req() request: FastifyRequest,
  ): Promise<ImportResult> {
    return this.areas.run(person, csvBody(request), preview);
  }

  /** Staff from a table (`text/csv`): all lines or none. The first passwords of new people are in this answer and never again. */
  @Post('people')
  @HttpCode(200)
  @TakesFile('text/csv')
  @Answers(importResultSchema)
  @ApiProblems('too-large', 'unsupported-media')
  importPeople(
    @CurrentPerson() person: Person,
    @Query({ schema: importQuerySchema }) { preview }: ImportQuery,
    @Req() request: FastifyRequest,
  ): Promise<ImportResult> {
    return this.people.run(person, csvBody(request), preview);
  }

  /** Teams with their members from a table (`text/csv`): all lines or none. A line is the team of that name in that area. */
  @Post('teams')
  @HttpCode(200)
  @TakesFile('text/csv')
  @Answers(importResultSchema)
  @ApiProblems('too-large', 'unsupported-media')
  importTeams(
    @CurrentPerson() person: Person,
    @Query({ schema: importQuerySchema }) { preview }: ImportQuery,
    @Req() request: FastifyRequest,
  ): Promise<ImportResult> {
    return this.teams.run(person, csvBody(request), preview);
  }

  /** Shifts from a table (`text/csv`), by the site's clock: all lines or none. Shifts that are not in it stay. */
  @Post('shifts')
  @HttpCode(200)
  @TakesFile('text/csv')
  @Answers(importResultSchema)
  @ApiProblems('too-large', 'unsupported-media')
  importShifts(
    @CurrentPerson() person: Person,
    @Query({ schema: importQuerySchema }) { preview }: ImportQuery,
    @Req() request: FastifyRequest,
  ): Promise<ImportResult> {
    return this.shifts.run(person, csvBody(request), preview);
  }
}
