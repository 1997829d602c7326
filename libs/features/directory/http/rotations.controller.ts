import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import {
  type Page,
  pageOf,
  type Person,
  type Rotation,
  rotationSchema,
  type SaveRotation,
  saveRotationSchema,
  uuidSchema,
} from '@sc/contracts';
import { DATABASE, type Database } from '@sc/platform/database';
import { Answers, ApiProblems, CurrentPerson, Roles } from '@sc/platform/http';
import { type Kysely, sql } from 'kysely';
import { areaScope } from '../area-scope.js';
import { RotationsService } from '../rotations/rotations.service.js';

const rotationPageSchema = pageOf(rotationSchema);

@ApiTags('directory')
@Controller('rotations')
export class RotationsController {
  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    private readonly rotations: RotationsService,
  ) {}

  /** Rotations in the asking person's area and all below it. */
  @Get()
  @Roles('admin', 'operator', 'manager')
  @Answers(rotationPageSchema)
  async list(@CurrentPerson() person: Person): Promise<Page<Rotation>> {
    return { items: await this.seenBy(person), nextCursor: null };
  }

  /** Makes one, and its shifts of the next 60 days; more follow by themselves. */
  @Post()
  @Roles('admin', 'manager')
  @Answers(rotationSchema, 201)
  @ApiProblems('not-found', 'shift-overlaps')
  async create(
    @CurrentPerson() person: Person,
    @Body({ schema: saveRotationSchema }) body: SaveRotation,
  ): Promise<Rotation> {
    return this.one(person, await this.rotations.create(person, body));
  }

  /** Plans its coming shifts anew; what has begun stays as it was. */
  @Put(':id')
  @Roles('admin', 'manager')
  @Answers(rotationSchema)
  @ApiProblems('not-found', 'shift-overlaps')
  async update(
    @CurrentPerson() person: Person,
    @Param('id', { schema: uuidSchema }) id: string,
    @Body({ schema: saveRotationSchema }) body: SaveRotation,
  ): Promise<Rotation> {
    await this.rotations.update(person, id, body);
    return this.one(person, id);
  }

  /** Takes its coming shifts out of the plan. */
  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'It is gone, with the shifts that it planned and that did not begin.' })
  @Roles('admin', 'manager')
  @ApiProblems('not-found')
  async remove(@CurrentPerson() person: Person, @Param('id', { schema: uuidSchema }) id: string): Promise<void> {
    await this.rotations.remove(person, id);
  }

  private async one(person: Person, id: string): Promise<Rotation> {
    return (await this.seenBy(person)).find((rotation) => rotation.id === id)!;
  }

  private async seenBy({ areaId }: Person): Promise<Rotation[]> {
    const rows = await this.database
      .selectFrom('rotations')
      .innerJoin('areas', 'areas.id', 'rotations.areaId')
      .select(['rotations.id', 'rotations.name', 'rotations.areaId', 'timeZone', 'firstDay', 'lastDay', 'memberIds'])
      .select(['plan', 'plannedUntil'])
      .select(
        sql<Rotation['members']>`(
          select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'active', p.active and p.role in ('officer', 'operator')) order by m.place)
          from unnest(member_ids) with ordinality m (id, place) join people p on p.id = m.id)`.as('members'),
      )
      .where(areaScope(areaId))
      .orderBy('areas.path')
      .orderBy('rotations.createdAt')
      .orderBy('rotations.id')
      .execute();
    return rows.map((row) => ({ ...row, plannedUntil: row.plannedUntil.toISOString() }));
  }
}
