import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  type CatalogueDetail,
  catalogueDetailSchema,
  type CatalogueEntry,
  catalogueEntrySchema,
  type CatalogueGap,
  catalogueGapSchema,
  type CatalogueQuery,
  catalogueQuerySchema,
  type CreateEntry,
  createEntrySchema,
  type DecideEntries,
  decideEntriesSchema,
  type Page,
  pageOf,
  type Person,
  type RetireEntry,
  retireEntrySchema,
  slugSchema,
  type TakeDefault,
  takeDefaultSchema,
  type UpdateEntry,
  updateEntrySchema,
} from '@sc/contracts';
import { Answers, ApiProblems, CurrentPerson, Roles } from '@sc/platform/http';
import type { FastifyReply } from 'fastify';
import { CatalogueService } from '../catalogue.service.js';
import { CatalogueReader } from './catalogue.reader.js';

const entryPageSchema = pageOf(catalogueEntrySchema);
const gapPageSchema = pageOf(catalogueGapSchema);
const slug = { schema: slugSchema };

@ApiTags('catalogue')
@Controller('catalogue')
export class CatalogueController {
  constructor(
    private readonly reader: CatalogueReader,
    private readonly catalogue: CatalogueService,
  ) {}

  /** The tree of kinds of work, as far as the person may look: all of it, what a text finds, or what may be reported somewhere. */
  @Get()
  @Answers(entryPageSchema)
  async list(
    @CurrentPerson() person: Person,
    @Query({ schema: catalogueQuerySchema }) query: CatalogueQuery,
  ): Promise<Page<CatalogueEntry>> {
    return { items: await this.reader.list(person, query), nextCursor: null };
  }

  /** Alarms for which the catalogue has no kind of work in use: their orders ask for what the program brings. */
  @Get('gaps')
  @Roles('admin', 'operator', 'manager')
  @Answers(gapPageSchema)
  async gaps(): Promise<Page<CatalogueGap>> {
    return { items: await this.reader.gaps(), nextCursor: null };
  }

  /** The catalogue as the table that an import takes. */
  @Get('csv')
  @Roles('admin', 'operator', 'manager')
  @ApiOkResponse({ description: 'The table.', content: { 'text/csv': { schema: { type: 'string' } } } })
  async csv(@CurrentPerson() person: Person, @Res() reply: FastifyReply): Promise<void> {
    await reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="catalogue.csv"')
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'no-store')
      .send(await this.reader.csv(person));
  }

  /** Adds an entry: of an administrator of the whole site it is in force, of others it waits for somebody else. */
  @Post('entries')
  @Roles('admin', 'operator', 'manager')
  @Answers(catalogueDetailSchema, 201)
  @ApiProblems('already-exists', 'note-required')
  async create(
    @CurrentPerson() person: Person,
    @Body({ schema: createEntrySchema }) body: CreateEntry,
  ): Promise<CatalogueDetail> {
    await this.catalogue.create(person, body);
    return this.reader.one(person, body.code);
  }

  /** Admits or refuses what waits: all of it or none. Nobody decides on their own proposal. */
  @Post('decide')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'Decided.' })
  @Roles('admin', 'manager')
  @ApiProblems('not-found', 'action-not-allowed', 'note-required')
  async decide(
    @CurrentPerson() person: Person,
    @Body({ schema: decideEntriesSchema }) body: DecideEntries,
  ): Promise<void> {
    await this.catalogue.decide(person, body);
  }

  /** One entry with all it asks for. */
  @Get('entries/:code')
  @Answers(catalogueDetailSchema)
  @ApiProblems('not-found')
  one(@CurrentPerson() person: Person, @Param('code', slug) code: string): Promise<CatalogueDetail> {
    return this.reader.one(person, code);
  }

  /** Changes an entry; open orders keep what they were registered with. */
  @Put('entries/:code')
  @Roles('admin', 'operator', 'manager')
  @Answers(catalogueDetailSchema)
  @ApiProblems('not-found', 'conflict')
  async update(
    @CurrentPerson() person: Person,
    @Param('code', slug) code: string,
    @Body({ schema: updateEntrySchema }) body: UpdateEntry,
  ): Promise<CatalogueDetail> {
    await this.catalogue.update(person, code, body);
    return this.reader.one(person, code);
  }

  /** Out of use, or back. Open orders go on. */
  @Post('entries/:code/retire')
  @HttpCode(200)
  @Roles('admin', 'manager')
  @Answers(catalogueDetailSchema)
  @ApiProblems('not-found', 'action-not-allowed')
  async retire(
    @CurrentPerson() person: Person,
    @Param('code', slug) code: string,
    @Body({ schema: retireEntrySchema }) body: RetireEntry,
  ): Promise<CatalogueDetail> {
    await this.catalogue.retire(person, code, body);
    return this.reader.one(person, code);
  }

  /** Takes what the program brings instead of what people made of it. */
  @Post('entries/:code/default')
  @HttpCode(200)
  @Roles('admin', 'manager')
  @Answers(catalogueDetailSchema)
  @ApiProblems('not-found', 'conflict')
  async takeDefault(
    @CurrentPerson() person: Person,
    @Param('code', slug) code: string,
    @Body({ schema: takeDefaultSchema }) { basedOn }: TakeDefault,
  ): Promise<CatalogueDetail> {
    await this.catalogue.takeDefault(person, code, basedOn);
    return this.reader.one(person, code);
  }

  /** Only of people's own entries to which nothing refers; others are retired. */
  @Delete('entries/:code')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'It is gone.' })
  @Roles('admin', 'operator', 'manager')
  @ApiProblems('not-found', 'action-not-allowed')
  async remove(@CurrentPerson() person: Person, @Param('code', slug) code: string): Promise<void> {
    await this.catalogue.remove(person, code);
  }
}
