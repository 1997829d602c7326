import { Body, Controller, Get, HttpCode, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type Area,
  areaSchema,
  type AreasAt,
  areasAtSchema,
  areaShapeCheckSchema,
  type AreaShapeCheck,
  checkAreaShapeSchema,
  type CheckAreaShape,
  createAreaSchema,
  type CreateArea,
  type Page,
  pageOf,
  type Person,
  type PointQuery,
  pointQuerySchema,
  updateAreaSchema,
  type UpdateArea,
} from '@sc/contracts';
import { DATABASE, type Database } from '@sc/platform/database';
import { Answers, ApiProblems, CurrentPerson, Roles } from '@sc/platform/http';
import type { Kysely } from 'kysely';
import { areaScope, isAbove } from '../area-scope.js';
import { checkAreaShape } from '../area-shapes.js';
import { AreasService, toArea } from '../areas.service.js';
import { isInside } from '../geo/rings.js';

const areaPageSchema = pageOf(areaSchema);

@ApiTags('directory')
@Controller('areas')
export class AreasController {
  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    private readonly areas: AreasService,
  ) {}

  /**
   * The asking person's area and all below it, and those it lies in, parents before children. Of what lies above only
   * kind and name are told: they are needed to draw the tree and to say where it is.
   */
  @Get()
  @Answers(areaPageSchema)
  async list(@CurrentPerson() person: Person): Promise<Page<Area>> {
    const rows = await this.database
      .selectFrom('areas')
      .selectAll('areas')
      .where(({ or }) => or([areaScope(person.areaId), isAbove(person.areaId)]))
      .orderBy('areas.path')
      .execute();
    return { items: rows.map((row) => seenBy(person, toArea(row))), nextCursor: null };
  }

  /** What lies at a point, larger areas first: the cell grid of a place is found so, for the tree does not know it. */
  @Get('at')
  @Answers(areasAtSchema)
  async at(
    @CurrentPerson() person: Person,
    @Query({ schema: pointQuerySchema }) { longitude, latitude }: PointQuery,
  ): Promise<AreasAt> {
    const rows = await this.database
      .selectFrom('areas')
      .select(['id', 'kind', 'name', 'shape'])
      .where('shape', 'is not', null)
      .where(areaScope(person.areaId))
      .orderBy('path')
      .execute();
    const held = rows.filter(({ shape }) => shape && isInside([longitude, latitude], shape));
    return { items: held.map(({ id, kind, name }) => ({ id, kind, name })) };
  }

  @Post()
  @Roles('admin', 'manager')
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

  /** What saving a shape would mean: what is wrong with it and where, its size, and what would lie outside of it. Changes nothing. */
  @Post(':id/shape-checks')
  @HttpCode(200)
  @Roles('admin', 'manager')
  @Answers(areaShapeCheckSchema)
  @ApiProblems('not-found')
  checkShape(
    @CurrentPerson() person: Person,
    @Param('id') id: string,
    @Body({ schema: checkAreaShapeSchema }) body: CheckAreaShape,
  ): Promise<AreaShapeCheck> {
    return checkAreaShape(this.database, person, id, body);
  }
}

const seenBy = (person: Person, area: Area): Area =>
  area.path.includes(person.areaId) ? area : { ...area, shape: null, households: null };
