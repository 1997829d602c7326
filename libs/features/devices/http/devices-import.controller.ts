import { Controller, HttpCode, Post, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ImportQuery, importQuerySchema, type ImportResult, importResultSchema, type Person } from '@sc/contracts';
import { csvBody } from '@sc/platform/csv';
import { Answers, ApiProblems, CurrentPerson, Roles, TakesFile } from '@sc/platform/http';
import type { FastifyRequest } from 'fastify';
import { ImportDevices } from '../imports/import-devices.js';

@ApiTags('imports')
@Controller('imports/devices')
export class DevicesImportController {
  constructor(private readonly devices: ImportDevices) {}

  /** Devices from a table (`text/csv`): all lines or none. The secrets of new devices are in this answer and never again. */
  @Post()
  @HttpCode(200)
  @Roles('admin')
  @TakesFile('text/csv')
  @Answers(importResultSchema)
  @ApiProblems('too-large', 'unsupported-media')
  importDevices(
    @CurrentPerson() person: Person,
    @Query({ schema: importQuerySchema }) { preview }: ImportQuery,
    @Req() request: FastifyRequest,
  ): Promise<ImportResult> {
    return this.devices.run(person, csvBody(request), preview);
  }
}
