import { Body, Controller, Delete, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  type CreateExport,
  createExportSchema,
  type Export,
  exportSchema,
  type Page,
  pageOf,
  type Person,
  uuidSchema,
} from '@sc/contracts';
import { Answers, ApiProblems, CurrentPerson, Roles } from '@sc/platform/http';
import type { FastifyReply } from 'fastify';
import { ExportsService } from './exports.service.js';

const mediaTypes = { csv: 'text/csv; charset=utf-8', parquet: 'application/vnd.apache.parquet' };

@ApiTags('exports')
@Roles('admin', 'operator', 'manager')
@Controller('exports')
export class ExportsController {
  constructor(private readonly exports: ExportsService) {}

  /** Asks for readings as a file. It is made in its turn; look at it until its state is `done`. */
  @Post()
  @HttpCode(202)
  @Answers(exportSchema, 202, 'Taken in.')
  @ApiProblems('not-found', 'too-many-exports')
  create(
    @CurrentPerson() person: Person,
    @Body({ schema: createExportSchema }) request: CreateExport,
  ): Promise<Export> {
    return this.exports.create(person, request);
  }

  /** Your own, newest first. */
  @Get()
  @Answers(pageOf(exportSchema))
  async list(@CurrentPerson() person: Person): Promise<Page<Export>> {
    return { items: await this.exports.list(person), nextCursor: null };
  }

  @Get(':id')
  @Answers(exportSchema)
  @ApiProblems('not-found')
  find(@CurrentPerson() person: Person, @Param('id', { schema: uuidSchema }) id: string): Promise<Export> {
    return this.exports.find(person, id);
  }

  /** The file, for its owner, as long as all its devices are in the owner's area. */
  @Get(':id/file')
  @ApiOkResponse({
    description: 'The file.',
    content: {
      'text/csv': { schema: { type: 'string', format: 'binary' } },
      'application/vnd.apache.parquet': { schema: { type: 'string', format: 'binary' } },
    },
  })
  @ApiProblems('not-found', 'conflict')
  async file(
    @CurrentPerson() person: Person,
    @Param('id', { schema: uuidSchema }) id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { name, bytes, stream } = await this.exports.download(person, id);
    await reply
      .header('content-type', name.endsWith('.csv') ? mediaTypes.csv : mediaTypes.parquet)
      .header('content-length', bytes)
      .header('content-disposition', `attachment; filename="${name}"`)
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'no-store')
      .send(stream);
  }

  /** Cancels it while it waits or runs, removes its file when it is done. */
  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'It is gone.' })
  @ApiProblems('not-found')
  remove(@CurrentPerson() person: Person, @Param('id', { schema: uuidSchema }) id: string): Promise<void> {
    return this.exports.remove(person, id);
  }
}
