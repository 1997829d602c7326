import { Controller, HttpCode, Post, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ImportQuery, importQuerySchema, type ImportResult, importResultSchema, type Person } from '@sc/contracts';
import { csvBody } from '@sc/platform/csv';
import { Answers, ApiProblems, CurrentPerson, Roles, TakesFile } from '@sc/platform/http';
import type { FastifyRequest } from 'fastify';
import { ImportCatalogue } from '../imports/import-catalogue.js';

@ApiTags('imports')
@Roles('admin', 'manager')
@Controller('imports')
export class CatalogueImportsController {
  constructor(private readonly catalogue: ImportCatalogue) {}

  /** Kinds of work from a table (`text/csv`): all lines or none. With `preview` nothing is changed. */
  @Post('catalogue')
  @HttpCode(200)
  @TakesFile('text/csv')
  @Answers(importResultSchema)
  @ApiProblems('too-large', 'unsupported-media')
  importCatalogue(
    @CurrentPerson() person: Person,
    @Query({ schema: importQuerySchema }) { preview }: ImportQuery,
    @Req() request: FastifyRequest,
  ): Promise<ImportResult> {
    return this.catalogue.run(person, csvBody(request), preview);
  }
}
