import { Controller, HttpCode, Post, Query, Req } from '@nestjs/common';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import { type ImportQuery, importQuerySchema, type ImportResult, importResultSchema, type Person } from '@sc/contracts';
import { csvBody } from '@sc/platform/csv';
import { Answers, ApiProblems, CurrentPerson, Roles } from '@sc/platform/http';
import type { FastifyRequest } from 'fastify';
import { ImportAreas } from '../imports/import-areas.js';
import { ImportPeople } from '../imports/import-people.js';

@ApiTags('imports')
@Roles('admin', 'manager')
@Controller('imports')
export class DirectoryImportsController {
  constructor(
    private readonly areas: ImportAreas,
    private readonly people: ImportPeople,
  ) {}

  /** Areas from a table (`text/csv`): all lines or none. With `preview` nothing is changed. */
  @Post('areas')
  @HttpCode(200)
  @ApiConsumes('text/csv')
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
  @ApiConsumes('text/csv')
  @Answers(importResultSchema)
  @ApiProblems('too-large', 'unsupported-media')
  importPeople(
    @CurrentPerson() person: Person,
    @Query({ schema: importQuerySchema }) { preview }: ImportQuery,
    @Req() request: FastifyRequest,
  ): Promise<ImportResult> {
    return this.people.run(person, csvBody(request), preview);
  }
}
