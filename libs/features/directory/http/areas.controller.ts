import { Body, Controller, Get, Inject, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type Area,
  areaSchema,
  createAreaSchema,
  type CreateArea,
  type Person,
  updateAreaSchema,
  type UpdateArea,
} from '@sc/contracts';
import { DATABASE, type Database } from '@sc/platform/database';
import { Answers, CurrentPerson, Roles } from '@sc/platform/http';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { areaScope } from '../area-scope.js';
import { AreasService, toArea } from '../areas.service.js';

const areaListSchema = z.object({ items: z.array(areaSchema) });

@ApiTags('directory')
@Controller('areas')
export class AreasController {
  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    private readonly areas: AreasService,
  ) {}

  /** The asking person's area and all below it, parents before children. */
  @Get()
  @Answers(areaListSchema)
  async list(@CurrentPerson() person: Person): Promise<{ items: Area[] }> {
    const rows = await this.database
      .selectFrom('areas')
      .selectAll('areas')
      .where(areaScope(person.areaId))
      .orderBy('areas.path')
      .execute();
    return { items: rows.map(toArea) };
  }

  @Post()
  @Roles('admin')
  @Answers(areaSchema, 201)
  create(@CurrentPerson() person: Person, @Body({ schema: createAreaSchema }) body: CreateArea): Promise<Area> {
    return this.areas.create(person, body);
  }

  @Patch(':id')
  @Roles('admin', 'manager')
  @Answers(areaSchema)
  update(
    @CurrentPerson() person: Person,
    @Param('id') id: string,
    @Body({ schema: updateAreaSchema }) body: UpdateArea,
  ): Promise<Area> {
    return this.areas.update(person, id, body);
  }
}
