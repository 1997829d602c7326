import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import {
  type CreateSavedFilter,
  createSavedFilterSchema,
  type Page,
  pageOf,
  type Person,
  type SavedFilter,
  type SavedFilterQuery,
  savedFilterQuerySchema,
  savedFilterSchema,
  uuidSchema,
} from '@sc/contracts';
import { Answers, ApiProblems, CurrentPerson, Roles } from '@sc/platform/http';
import { SavedFilters } from '../saved-filters.js';

/** Of the asking person alone. */
@ApiTags('saved filters')
@Controller('saved-filters')
@Roles('admin', 'operator', 'manager')
export class SavedFiltersController {
  constructor(private readonly filters: SavedFilters) {}

  /** By name. */
  @Get()
  @Answers(pageOf(savedFilterSchema))
  async list(
    @CurrentPerson() person: Person,
    @Query({ schema: savedFilterQuerySchema }) { page }: SavedFilterQuery,
  ): Promise<Page<SavedFilter>> {
    return { items: await this.filters.of(person.id, page), nextCursor: null };
  }

  /** Keeps a filter; the same name again is the same filter, with what it says now. */
  @Post()
  @Answers(savedFilterSchema, 201)
  @ApiProblems('beyond-limit')
  save(
    @CurrentPerson() person: Person,
    @Body({ schema: createSavedFilterSchema }) body: CreateSavedFilter,
  ): Promise<SavedFilter> {
    return this.filters.save(person.id, body);
  }

  /** Removing what is not there, or another's, changes nothing. */
  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'It is gone.' })
  remove(@CurrentPerson() person: Person, @Param('id', { schema: uuidSchema }) id: string): Promise<void> {
    return this.filters.remove(person.id, id);
  }
}
